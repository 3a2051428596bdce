"""statsmodels and scipy on the inputs of scripts/peers/intervals.ts, under our names of outputs."""

import numpy as np
from scipy import special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
    proportions_chisquare,
    proportions_ztest,
)


def of_one(method):
    def answer(inputs):
        low, high = proportion_confint(inputs["x"], inputs["n"], alpha=1 - inputs["confidence"], method=method)
        return {"low": low, "high": high}

    return answer


def of_difference(method):
    def answer(inputs):
        low, high = confint_proportions_2indep(
            inputs["x1"], inputs["n1"], inputs["x2"], inputs["n2"], compare="diff", method=method, alpha=1 - inputs["confidence"]
        )
        return {"low": low, "high": high}

    return answer


def chisquare(inputs):
    statistic, p, _ = proportions_chisquare(np.array(inputs["x"]), np.array(inputs["n"]))
    return {"statistic": statistic, "p": p, "df": len(inputs["x"]) - 1}


def given(inputs):
    statistic, p, _ = proportions_chisquare(np.array(inputs["x"]), np.array(inputs["n"]), value=inputs["p0"])
    return {"statistic": statistic, "p": p, "df": len(inputs["x"])}


def ztest(inputs):
    z, p = proportions_ztest(np.array(inputs["x"]), np.array(inputs["n"]))
    return {"z": z, "p": p}


def effect_size(inputs):
    return {"h": proportion_effectsize(inputs["p1"], inputs["p2"])}


def holm(inputs):
    return {"p_adjusted": multipletests(inputs["p"], method="holm")[1]}


def t_upper(tail, df):
    """By the beta distribution: stats.t.isf stops at ten digits (1.98580181424 for 0.025 and 93, 1.98580181435 by mpmath)."""
    share = special.betaincinv(df / 2, 0.5, 2 * tail)
    return np.sqrt(df * (1 / share - 1))


def korn_graubard(inputs):
    """The published formula with the quantiles of scipy; degrees of freedom of the design."""
    x, n = np.array(inputs["x"], float), np.array(inputs["n"], float)
    clusters, units, share = len(n), n.sum(), x.sum() / n.sum()
    variance = clusters / (clusters - 1) * ((x - share * n) ** 2).sum() / units**2
    tail = (1 - inputs["confidence"]) / 2
    worth = share * (1 - share) / variance * (t_upper(tail, units - 1) / t_upper(tail, clusters - 1)) ** 2
    effective = min(units, worth)
    seen = share * effective
    return {
        "estimate": share,
        "effective_n": effective,
        "low": stats.beta.ppf(tail, seen, effective - seen + 1),
        "high": stats.beta.isf(tail, seen + 1, effective - seen),
    }


def binomial(inputs):
    return {"pa": stats.binom.cdf(inputs["c"], inputs["n"], inputs["p"])}


def hypergeometric(inputs):
    return {"pa": stats.hypergeom.cdf(inputs["c"], inputs["lot_size"], inputs["defectives"], inputs["n"])}


def poisson(inputs):
    return {"pa": stats.poisson.cdf(inputs["c"], inputs["lambda"])}


def variables(inputs):
    n, k, p = inputs["n"], inputs["k"], np.array(inputs["p"])
    if inputs["sigma"] == "known":
        return {"pa": stats.norm.sf((k + stats.norm.ppf(p)) * np.sqrt(n))}
    return {"pa": stats.nct.sf(k * np.sqrt(n), n - 1, -stats.norm.ppf(p) * np.sqrt(n))}


CHECKS = {
    "wald": of_one("normal"),
    "agresti_coull": of_one("agresti_coull"),
    "clopper_pearson": of_one("beta"),
    "wilson": of_one("wilson"),
    "diff_wald": of_difference("wald"),
    "diff_agresti_caffo": of_difference("agresti-caffo"),
    "diff_newcombe": of_difference("newcomb"),
    "chisquare": chisquare,
    "given": given,
    "ztest": ztest,
    "effect_size": effect_size,
    "holm": holm,
    "korn_graubard": korn_graubard,
    "binomial": binomial,
    "hypergeometric": hypergeometric,
    "poisson": poisson,
    "variables": variables,
}
