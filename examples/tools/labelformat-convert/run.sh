#!/bin/sh
# `labelformat convert` with the arguments that each format wants. It writes labels alone.
set -e
home="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/labelformat/bin"
if [ "$1" = --version ]; then exec "$home/python" -c "import importlib.metadata as m; print(m.version('labelformat'))"; fi
in=$1 out=$2 from=$3 to=$4
case $from in
  coco) set -- --input-file "$in/annotations/instances.json" ;;
  yolov8) set -- --input-file "$in/data.yaml" --input-split train ;;
esac
case $to in
  coco) mkdir "$out/annotations" && set -- "$@" --output-file "$out/annotations/instances.json" ;;
  yolov8) set -- "$@" --output-file "$out/data.yaml" --output-split train ;;
  pascalvoc) set -- "$@" --output-folder "$out/Annotations" ;;
esac
exec "$home/labelformat" convert --task object-detection --input-format "$from" --output-format "$to" "$@"
