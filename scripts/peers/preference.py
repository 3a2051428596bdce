"""choix, statsmodels and crowd-kit under our names."""

import warnings

import choix
import numpy as np
import pandas as pd
import statsmodels.api as sm
from crowdkit.aggregation import BradleyTerry

warnings.simplefilter("ignore")

# To rounding, and no regularisation.
EXACT = {"alpha": 0.0, "tol": 1e-12, "max_iter": 10_000}


def pairwise(inputs):
    return {"log_ability": choix.ilsr_pairwise(inputs["items"], inputs["winner_loser"], **EXACT)}


def rankings(inputs):
    return {"log_ability": choix.ilsr_rankings(inputs["items"], inputs["rankings"], **EXACT)}


def top1(inputs):
    return {"log_ability": choix.ilsr_top1(inputs["items"], inputs["choices"], **EXACT)}


def regularised(inputs):
    abilities = choix.opt_pairwise(
        inputs["items"], inputs["winner_loser"], alpha=inputs["penalty"], method="Newton-CG", tol=1e-14
    )
    return {"log_ability": abilities}


def binomial(inputs, effect):
    """Wins of the first on who is first and who second; item 0 is the reference."""
    games = [game for game in inputs["games"] if game[2] + game[3] > 0]
    design = np.zeros((len(games), inputs["items"] + 1))
    for row, (first, second, _, _) in enumerate(games):
        design[row, first] = 1
        design[row, second] = -1
        design[row, -1] = 1
    wins = np.array([[won, lost] for _, _, won, lost in games], dtype=float)
    columns = design[:, 1:] if effect else design[:, 1:-1]
    model = sm.GLM(wins, columns, family=sm.families.Binomial())
    # Its covariance is that of the step before the last: from its own estimate, that is the estimate's.
    return model.fit(start_params=model.fit(tol=1e-14, maxiter=200).params, tol=1e-14)


def abilities(inputs):
    fit = binomial(inputs, effect=False)
    return {
        "log_ability": [0.0, *fit.params],
        "se": [0.0, *fit.bse],
        "residual_deviance": fit.deviance,
        "residual_df": int(fit.df_resid),
    }


def order_effect(inputs):
    fit = binomial(inputs, effect=True)
    return {
        "log_ability": [0.0, *fit.params[:-1]],
        "order_effect": fit.params[-1],
        "order_effect_se": fit.bse[-1],
        "residual_deviance": fit.deviance,
        "residual_df": int(fit.df_resid),
    }


def mm(inputs):
    data = pd.DataFrame([[winner, loser, winner] for winner, loser in inputs["winner_loser"]], columns=["left", "right", "label"])
    # With its default tolerance it ends after two steps.
    scores = BradleyTerry(n_iter=inputs["iterations"], tol=0).fit(data).scores_
    return {"scores": {str(item): score for item, score in scores.items()}}


CHECKS = {
    "pairwise": pairwise,
    "rankings": rankings,
    "top1": top1,
    "regularised": regularised,
    "abilities": abilities,
    "order_effect": order_effect,
    "mm": mm,
}
