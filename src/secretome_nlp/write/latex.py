"""The table as LaTeX: a `longtable` that a manuscript can take in with `\\input`."""

from __future__ import annotations

from secretome_nlp.write.table import Table

SPECIALS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "$": r"\$", "#": r"\#", "&": r"\&", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "[": "{[}", "]": "{]}", "*": "{*}", '"': r"\textquotedbl{}",
}  # fmt: skip
#: Letters and signs of this field that pdfLaTeX's fonts do not have.
MATHS = {
    "↑": r"\uparrow", "↓": r"\downarrow", "→": r"\rightarrow", "×": r"\times", "±": r"\pm", "≥": r"\geq", "≤": r"\leq",
    "−": "-", "µ": r"\mu", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu",
    "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi",
    "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Σ": r"\Sigma",
    "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "∞": r"\infty", "≈": r"\approx", "°": r"^{\circ}",
}  # fmt: skip
_ESCAPED = SPECIALS | {sign: rf"\ensuremath{{{name}}}" for sign, name in MATHS.items()}
NARROWEST, WIDEST = 6, 40


def escape(value: object) -> str:
    """Return a cell as LaTeX text: no command, brace or comment of a paper is run."""
    text = "" if value is None or value != value else " ".join(str(value).split())
    return "".join(_ESCAPED.get(c, c) for c in text)


def latex(table: Table, title: str) -> bytes:
    """Return the table as a `longtable` with `booktabs` rules, group headings and footnoted abbreviations."""
    names = list(table.frame.columns)
    head = " & ".join(rf"\textbf{{{escape(n)}}}" for n in names) + r" \\"
    lines = [
        r"% Needs \usepackage{array,booktabs,longtable}; \begin{landscape} of pdflscape suits a wide table.",
        r"\begingroup\footnotesize\setlength{\tabcolsep}{3pt}",
        rf"\begin{{longtable}}{{{''.join(_columns(table))}}}",
        rf"\caption{{{escape(title)}}}\\",
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        r"\toprule", head, r"\midrule", r"\endhead",
        r"\bottomrule", r"\endlastfoot",
    ]  # fmt: skip
    for group, rows in table.by_group():
        if group is not None:
            lines.append(rf"\multicolumn{{{len(names)}}}{{l}}{{\textit{{{escape(group)}}}}} \\*")
        lines += [" & ".join(map(escape, row)) + r" \\" for row in rows]
    lines.append(r"\end{longtable}")
    if table.notes:
        said = "; ".join(f"{escape(s)}, {escape(long)}" for s, long in table.notes)
        lines.append(rf"\noindent\textit{{Abbreviations:}} {said}.\par")
    lines.append(r"\endgroup")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _columns(table: Table) -> list[str]:
    """Return a paragraph column for each column, its share of the text's width by what it holds."""
    sizes = []
    for name in table.frame.columns:
        lengths = sorted(len(escape(v)) for v in table.frame[name]) or [0]
        typical = max(lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0], len(name))
        sizes.append(min(max(typical, NARROWEST), WIDEST))
    gaps = 0.012 * len(sizes)
    return [rf">{{\raggedright\arraybackslash}}p{{{s / sum(sizes) * (1 - gaps):.3f}\linewidth}}" for s in sizes]
