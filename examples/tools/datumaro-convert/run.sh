#!/bin/sh
# `datum` where install.sh put it, on data in the layout that its documentation asks for: COCO as annotations/<task>_<subset>.json with file names below
# images/<subset>, VOC with a list of its images and file names below JPEGImages. COCO is written with the ids that were read.
set -e
export PATH="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/datumaro/bin:$PATH"
if [ "$1" = --version ]; then exec datum --version; fi
in=$1 out=$2 from=$3 to=$4
case $from in
  coco_*)
    for file in "$in"/annotations/instances.json "$in"/annotations/person_keypoints.json; do
      if [ -f "$file" ]; then
        mv "$file" "${file%.json}_train.json"
        mkdir "$in/train" && mv "$in/images" "$in/train" && mkdir "$in/images" && mv "$in/train" "$in/images"
      fi
    done ;;
  voc_*)
    if [ ! -d "$in/ImageSets" ]; then
      mkdir -p "$in/JPEGImages" "$in/ImageSets/Main"
      mv "$in/images" "$in/JPEGImages"
      for file in "$in"/Annotations/*.xml; do basename "$file" .xml; done > "$in/ImageSets/Main/train.txt"
    fi ;;
esac
set --
case $to in coco_*) set -- --reindex 0 ;; esac
exec datum convert -i "$in" -if "$from" -f "$to" -o "$out" --overwrite -- --save-media "$@"
