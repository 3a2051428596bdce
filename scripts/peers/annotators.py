"""crowd-kit under our names."""

import warnings

import numpy as np
import pandas as pd
from crowdkit.aggregation import GLAD, MACE, DawidSkene, GoldMajorityVote, MajorityVote, Wawa
from crowdkit.aggregation.utils import get_accuracy
from crowdkit.metrics.data import consistency, uncertainty
from crowdkit.metrics.workers import accuracy_on_aggregates

warnings.simplefilter("ignore")


def frame(inputs):
    return pd.DataFrame(inputs["answers"], columns=["worker", "task", "label"])


def by_task(probas):
    return {task: row.to_dict() for task, row in probas.iterrows()}


def in_order(probas, data):
    """Rows in the order in which tasks come up, labels sorted."""
    return probas.loc[pd.unique(data.task)].sort_index(axis=1).to_numpy()


def majority_vote(inputs):
    model = MajorityVote().fit(frame(inputs))
    return {
        "probas": by_task(model.probas_),
        "labels": model.labels_.to_dict(),
        "skills_on_aggregate": model.skills_.to_dict(),
    }


def weighted(data, skills):
    """What `predict` of Wawa and GoldMajorityVote does; their own asks scikit-learn, whose newer releases do not know crowd-kit's base class."""
    return {"probas": by_task(MajorityVote().fit(data, skills).probas_), "skills": skills.to_dict()}


def wawa(inputs):
    return weighted(frame(inputs), Wawa().fit(frame(inputs)).skills_)


def gold_majority_vote(inputs):
    return weighted(frame(inputs), GoldMajorityVote().fit(frame(inputs), pd.Series(inputs["gold"])).skills_)


def golden_set_accuracy(inputs):
    data, gold = frame(inputs), pd.Series(inputs["gold"])
    return {"overall": get_accuracy(data, gold), "by_worker": get_accuracy(data, gold, by="worker").to_dict()}


def accuracy_on_aggregate(inputs):
    data = frame(inputs)
    return {
        "overall": accuracy_on_aggregates(data),
        "by_worker": accuracy_on_aggregates(data, by="worker").to_dict(),
    }


def label_uncertainty(inputs):
    return {"uncertainty": uncertainty(frame(inputs), pd.Series(inputs["skills"]), compute_by=inputs["compute_by"])}


def label_consistency(inputs):
    return {"consistency": consistency(frame(inputs))}


def dawid_skene(inputs):
    data = frame(inputs)
    model = DawidSkene(n_iter=inputs["iterations"], tol=-np.inf).fit(data)
    labels = sorted(pd.unique(data.label))
    rates = model.errors_[labels]
    # A label that the worker never gave has no row.
    errors = {
        worker: [
            rates.loc[(worker, label)].tolist() if (worker, label) in rates.index else [0.0] * len(labels)
            for label in labels
        ]
        for worker in pd.unique(data.worker)
    }
    return {"probas": in_order(model.probas_, data), "priors": model.priors_[labels].tolist(), "errors": errors}


def mace(inputs):
    data = frame(inputs)
    model = MACE(
        n_restarts=1, n_iter=inputs["iterations"], method=inputs["method"], random_state=inputs["seed"]
    ).fit(data)
    return {"thetas": model.thetas_}


def glad_start(inputs):
    """The posteriors at the start, before any step: the rest depends on where an optimiser is cut off."""
    data = frame(inputs)
    model = GLAD()
    model._init(data)
    model._e_step(model._join_all(data, model.alphas_, model.betas_, model.priors_))
    return glad_rows(model, data)


def glad(inputs):
    """To where little moves; seconds a step."""
    data = frame(inputs)
    return glad_rows(GLAD(n_iter=25, tol=-np.inf, m_step_max_iter=200, m_step_tol=1e-5).fit(data), data)


def glad_rows(model, data):
    rows = in_order(model.probas_, data)
    return {"probas": rows[0] if len(rows) == 1 else rows}


CHECKS = {
    "majority_vote": majority_vote,
    "wawa": wawa,
    "gold_majority_vote": gold_majority_vote,
    "golden_set_accuracy": golden_set_accuracy,
    "accuracy_on_aggregate": accuracy_on_aggregate,
    "uncertainty": label_uncertainty,
    "consistency": label_consistency,
    "dawid_skene": dawid_skene,
    "mace": mace,
    "glad_start": glad_start,
    "glad": glad,
}
