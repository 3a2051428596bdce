"""What krippendorff, irrCAC, scikit-learn and statsmodels answer, under our names."""

import warnings

import krippendorff
import numpy
import pandas
from irrCAC.raw import CAC as RawCAC
from irrCAC.table import CAC as TableCAC
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater

warnings.filterwarnings("ignore")

#: Without rounding: irrCAC rounds what it tells to five digits by default.
DIGITS = 15


def krippendorff_alpha(inputs):
    data = numpy.array(inputs["coders_x_units"], dtype=float)
    return {"alpha": krippendorff.alpha(reliability_data=data, level_of_measurement=inputs["metric"])}


def number(value):
    """irrCAC tells some numbers as lists of one."""
    return None if value is None else float(numpy.squeeze(value))


def told(estimate):
    found = estimate["est"]
    low, high = found["confidence_interval"]
    return {
        "coefficient": number(found["coefficient_value"]),
        "se": number(found["se"]),
        "pa": number(found["pa"]),
        "pe": number(found["pe"]),
        "ci_low": number(low),
        "ci_high": number(high),
        "p": number(found["p_value"]),
    }


def raw(method):
    def answer(inputs):
        ratings = pandas.DataFrame(inputs["ratings"], dtype=float)
        weights = {"unweighted": "identity"}.get(inputs["weights"], inputs["weights"])
        cac = RawCAC(ratings, weights=weights, categories=list(inputs["categories"]), digits=DIGITS)
        return told(getattr(cac, method)())

    return answer


def table(method):
    def answer(inputs):
        weights = {"unweighted": "identity"}.get(inputs["weights"], inputs["weights"])
        cac = TableCAC(pandas.DataFrame(inputs["table"]), weights=weights, digits=DIGITS)
        return told(getattr(cac, method)())

    return answer


def sklearn_kappa(inputs):
    left, right = zip(*inputs["ratings"])
    weights = {"unweighted": None}.get(inputs["weights"], inputs["weights"])
    return {"kappa": cohen_kappa_score(left, right, weights=weights)}


def statsmodels_kappa(inputs):
    weights = {"unweighted": None}.get(inputs["weights"], inputs["weights"])
    found = inter_rater.cohens_kappa(numpy.array(inputs["table"]), wt=weights)
    return {
        "kappa": found.kappa,
        "se": found.std_kappa,
        "se0": found.std_kappa0,
        "z": found.z_value,
        "ci_low": found.kappa_low,
        "ci_high": min(1, found.kappa_upp),
        "p_one_sided": found.pvalue_one_sided,
        "p_two_sided": found.pvalue_two_sided,
    }


def statsmodels_fleiss(inputs):
    return {"kappa": inter_rater.fleiss_kappa(numpy.array(inputs["counts"]), method="fleiss")}


def statsmodels_randolph(inputs):
    counts = numpy.array(inputs["counts"])
    return {
        "fixed_marginal": inter_rater.fleiss_kappa(counts, method="fleiss"),
        "free_marginal": inter_rater.fleiss_kappa(counts, method="randolph"),
    }


CHECKS = {
    "krippendorff": krippendorff_alpha,
    "irrcac-raw-gwet": raw("gwet"),
    "irrcac-raw-fleiss": raw("fleiss"),
    "irrcac-raw-conger": raw("conger"),
    "irrcac-raw-krippendorff": raw("krippendorff"),
    "irrcac-raw-bp": raw("bp"),
    "irrcac-table-gwet": table("gwet"),
    "irrcac-table-bp": table("bp"),
    "irrcac-table-scott": table("scott"),
    "irrcac-table-cohen": table("cohen"),
    "irrcac-table-krippendorff": table("krippendorff"),
    "irrcac-table-pa": table("pa2"),
    "sklearn-kappa": sklearn_kappa,
    "statsmodels-kappa": statsmodels_kappa,
    "statsmodels-fleiss": statsmodels_fleiss,
    "statsmodels-randolph": statsmodels_randolph,
}
