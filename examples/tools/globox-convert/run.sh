#!/bin/sh
# `globox convert` between COCO and VOC. It writes annotations alone.
set -e
home="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/globox/bin"
if [ "$1" = --version ]; then exec "$home/python" -c "import importlib.metadata as m; print(m.version('globox'))"; fi
in=$1 out=$2 from=$3 to=$4
case $from in coco) in="$in/annotations/instances.json" ;; pascalvoc) in="$in/Annotations" ;; esac
case $to in coco) mkdir "$out/annotations"; out="$out/annotations/instances.json" ;; pascalvoc) out="$out/Annotations" ;; esac
case $to in coco) set -- --coco_auto_ids ;; *) set -- ;; esac
exec "$home/globox" --quiet convert --format "$from" --save_fmt "$to" "$@" "$in" "$out"
