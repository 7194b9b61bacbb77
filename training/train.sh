#!/bin/sh
# Train the shipped model from public corpora: sh training/train.sh DATA ABSTRACTS_ROOT WORK
#   DATA   the folder with craft/, genia/ and ner/ as distributed
#   ROOT   the folder that holds benchmarks/ (DATA) and corpus/abstracts/ (raw text for the word vectors)
#   WORK   a folder for what is made on the way; the model itself goes to src/secretome_nlp/model/en_secretome_sm
# About two hours on two idle cores. Needs the dependency group `training` (uv sync --group training).
set -eu
[ $# -eq 3 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
data=$1; root=$2; work=$3
here=$(dirname "$0")
export OMP_NUM_THREADS=1   # sums in one order, so that a second run gives the same weights on the same machine
mkdir -p "$work"

for part in train dev; do python "$here/convert_treebank.py" "$data/craft/$part.conllu.gz" "$work/$part.spacy"; done
python -m spacy train "$here/parser.cfg" --paths.train "$work/train.spacy" --paths.dev "$work/dev.spacy" -o "$work/parser"
python -m spacy train "$here/tune.cfg" --paths.train "$work/train.spacy" --paths.dev "$work/dev.spacy" \
  --paths.start "$work/parser/model-best" -o "$work/tuned"

python "$here/vectors.py" "$work" "$root"
python "$here/clusters.py" "$work/vectors" "$work/vectors.txt" "$work/clusters.json"
python "$here/names.py" "$work/names.json"
python "$here/convert_ner.py" jnlpba "$work/jnlpba.spacy" "$data/ner/jnlpba_train.tsv.gz" "$data/ner/jnlpba_dev.tsv.gz"
python "$here/convert_ner.py" anatem "$work/anatem.spacy" "$data/ner/anatem_train.tsv.gz"
python "$here/convert_pubtator.py" biored "$work/biored.spacy" "$data/ner/biored_train.pubtator.gz"
for corpus in jnlpba anatem biored; do
  [ $corpus = jnlpba ] && settings="--iterations 130" || settings="--iterations 120 --bio"
  python "$here/entities.py" "$work/$corpus.spacy" "$work/$corpus.json" --tagger "$work/tuned/model-best" \
    --clusters "$work/clusters.json" --names "$work/names.json" --c1 0.6 --c2 0.1 --fewest 1 $settings
done
python "$here/assemble.py" "$work/tuned/model-best" "$work/train.spacy" src/secretome_nlp/model/en_secretome_sm \
  "jnlpba=$work/jnlpba.json" "anatem=$work/anatem.json" "biored=$work/biored.json" \
  --clusters "$work/clusters.json" --names "$work/names.json"

# The tagger of open classes learns from the gold of the checkout, whose texts are in ROOT and in the samples. The
# dev split is left out, so that its figures tell of text that the weights have not seen.
python "$here/open_mentions.py" src/secretome_nlp/model/open_mentions.json --gold annotations/gold --without dev \
  --texts "$root/corpus/abstracts" "$root/corpus/reviews" corpus/samples/samples.jsonl
