"""jiwer and pyannote.metrics under our names."""

import warnings

import jiwer
from pyannote.core import Annotation, Segment, Timeline
from pyannote.metrics import detection, diarization, identification

warnings.simplefilter("ignore")


def words(inputs):
    found = jiwer.process_words(inputs["reference"], inputs["hypothesis"])
    names = ("wer", "mer", "wil", "wip", "hits", "substitutions", "deletions", "insertions")
    return {name: getattr(found, name) for name in names}


def characters(inputs):
    found = jiwer.process_characters(inputs["reference"], inputs["hypothesis"])
    return {name: getattr(found, name) for name in ("cer", "hits", "substitutions", "deletions", "insertions")}


def annotation(segments):
    made = Annotation()
    for track, one in enumerate(segments):
        made[Segment(one[0], one[1]), track] = one[2] if len(one) > 2 else "speech"
    return made


def sides(inputs):
    return annotation(inputs["reference"]), annotation(inputs["hypothesis"])


def options(inputs):
    return {"collar": inputs.get("collar", 0.0), "skip_overlap": inputs.get("skip_overlap", False)}


def times(found, **names):
    return {name: found[key] for name, key in names.items()}


NAMES = {
    "total": "total",
    "correct": "correct",
    "confusion": "confusion",
    "false_alarm": "false alarm",
    "missed": "missed detection",
}


def error(inputs):
    found = diarization.DiarizationErrorRate(**options(inputs))(*sides(inputs), detailed=True)
    return times(found, der="diarization error rate", **NAMES)


def identity(inputs):
    found = identification.IdentificationErrorRate(**options(inputs))(*sides(inputs), detailed=True)
    return {
        **times(found, identification_error_rate="identification error rate", **NAMES),
        "precision": identification.IdentificationPrecision(**options(inputs))(*sides(inputs)),
        "recall": identification.IdentificationRecall(**options(inputs))(*sides(inputs)),
    }


def purity(inputs):
    return {
        "purity": diarization.DiarizationPurity()(*sides(inputs)),
        "coverage": diarization.DiarizationCoverage()(*sides(inputs)),
    }


def speech(inputs):
    uem = Timeline([Segment(*one) for one in inputs["uem"]])
    found = detection.DetectionErrorRate()(*sides(inputs), uem=uem, detailed=True)
    scores = {
        "accuracy": detection.DetectionAccuracy(),
        "precision": detection.DetectionPrecision(),
        "recall": detection.DetectionRecall(),
        "f1": detection.DetectionPrecisionRecallFMeasure(),
        "dcf": detection.DetectionCostFunction(),
    }
    return {
        **times(found, detection_error_rate="detection error rate", false_alarm="false alarm", miss="miss", total="total"),
        **{name: score(*sides(inputs), uem=uem) for name, score in scores.items()},
    }


CHECKS = {
    "words": words,
    "characters": characters,
    "error": error,
    "identity": identity,
    "purity": purity,
    "speech": speech,
}
