"""LaTeX fragments as plain text: the few commands that converters of papers leave behind."""

from __future__ import annotations

import re

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
SIGNS = {
    "times": "×", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "approx": "≈",
    "sim": "~", "cdot": "·", "degree": "°", "circ": "°", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "uparrow": "↑", "downarrow": "↓", "infty": "∞", "lt": "<", "gt": ">", "prime": "′",
    "ell": "l", "dagger": "†",
    "quad": " ", "qquad": " ", "ldots": "...", "dots": "...", "cdots": "...", "bullet": "•", "ast": "*",
}  # fmt: skip
WRAPPER = re.compile(
    r"\\(?:text|textit|textbf|textrm|textsuperscript|textsubscript|mathrm|mathit|mathbf|mathsf|mathcal|operatorname|"
    r"boldsymbol|mbox|rm|it|bf|overline|bar|hat|underline)\s*\{([^{}]*)\}"
)
RAISED = re.compile(r"\^\s*(?:\{([^{}]*)\}|(\\?\w|[+*-]))")
LOWERED = re.compile(r"_\s*(?:\{([^{}]*)\}|(\w))")
SEAM = "\x01"  # keeps a command apart from the letters that its neighbour leaves
COMMAND = re.compile(r"\\([A-Za-z]+)\s*")


def to_text(formula: str) -> str:
    """Return a LaTeX formula (without its dollars) as one line of text; unknown commands are left out."""
    text = formula
    for _ in range(4):
        text = WRAPPER.sub(f"{SEAM}\\1", text)
    text = RAISED.sub(lambda m: _power(m[1] if m[1] is not None else m[2]), text)
    text = LOWERED.sub(lambda m: m[1] if m[1] is not None else m[2], text)
    text = COMMAND.sub(lambda m: GREEK.get(m[1]) or SIGNS.get(m[1], ""), text)
    text = re.sub(r"\\[,;:! ]", " ", text).replace("\\", "").replace("~", " ")
    return " ".join(re.sub(rf"[{{}}{SEAM}]", "", text).split())


def _power(inner: str) -> str:
    """Write what stands raised: signs and degrees as they are, the rest after a circumflex."""
    flat = inner.strip()
    return flat if flat in ("+", "-", "*", "\\circ", "\\prime", "\\degree") or flat[-1:] in "+-" else f"^{flat}"
