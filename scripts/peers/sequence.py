"""seqeval under our names."""

import warnings

from seqeval import scheme as schemes
from seqeval.metrics import accuracy_score, performance_measure
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support as lenient
from seqeval.metrics.v1 import precision_recall_fscore_support as strict

warnings.simplefilter("ignore")


def entities_strict(inputs):
    tokens = schemes.Tokens(inputs["tags"], getattr(schemes, inputs["scheme"]))
    return {"entities": [[one.tag, one.start, one.end] for one in tokens.entities]}


def entities_conll(inputs):
    found = get_entities(inputs["tags"], suffix=inputs.get("suffix", False))
    return {"entities": [list(one) for one in found]}


def prf(inputs):
    beta = float(inputs.get("beta", 1))
    scheme = inputs.get("scheme")
    more = {} if scheme is None else {"scheme": getattr(schemes, scheme)}
    call = lenient if scheme is None else strict
    precision, recall, fbeta, support = call(
        inputs["y_true"], inputs["y_pred"], average=inputs["average"], beta=beta, zero_division=0, **more
    )
    accuracy = accuracy_score(inputs["y_true"], inputs["y_pred"])
    return {"precision": precision, "recall": recall, "fbeta": fbeta, "support": support, "accuracy": accuracy}


def confusion(inputs):
    return performance_measure(inputs["y_true"], inputs["y_pred"])


CHECKS = {"entities_strict": entities_strict, "entities_conll": entities_conll, "prf": prf, "confusion": confusion}
