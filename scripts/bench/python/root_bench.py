"""ROOT's side of `npm run bench`: HistFactory's own classes, filled from JSON, fits by RooFit with Minuit2, tests by
RooStats.

lines.py has the lines of JSON that come and go, root_model.py the way from JSON to a model.
"""

import json
import math

from lines import SignalPoints, serve

SIGMAS = (-2, -1, 0, 1, 2)


def imported():
    import ROOT

    import jsonpatch  # ROOT has no patches

    ROOT.gErrorIgnoreLevel = ROOT.kError
    ROOT.RooMsgService.instance().setGlobalKillBelow(ROOT.RooFit.ERROR)
    ROOT.TH1.AddDirectory(False)
    ROOT.Math.MinimizerOptions.SetDefaultMinimizer("Minuit2")
    ROOT.Math.MinimizerOptions.SetDefaultPrintLevel(-1)
    ROOT.RooStats.AsymptoticCalculator.SetPrintLevel(-1)
    from root_model import RootModel

    return Bench(ROOT, RootModel, jsonpatch), {"ROOT": ROOT.__version__}


class Bench:
    """The model that was loaded last, and a method per task."""

    def __init__(self, ROOT, RootModel, jsonpatch):
        self.ROOT = ROOT
        self.RootModel = RootModel
        self.jsonpatch = jsonpatch

    def load(self, workspace, patches):
        document = json.loads(workspace)
        for patch in patches:
            document = self.jsonpatch.apply_patch(document, json.loads(patch))
        self.model = self.RootModel(document)
        return self.values_of_load

    def values_of_load(self):
        model = self.model
        nll = model.pdf.createNLL(model.data, EvalBackend="cpu", GlobalObservables=model.global_observables)
        return {
            "parameters": model.config.GetNuisanceParameters().size() + 1,
            "bins": model.bins,
            "twiceNll": 2 * nll.getVal() - model.twice_surplus,
        }

    def fit(self):
        model = self.model
        model.to_start()
        result = model.pdf.fitTo(
            model.data,
            EvalBackend="cpu",
            GlobalObservables=model.global_observables,
            Minimizer=("Minuit2", "migrad"),
            Hesse=True,
            Save=True,
            PrintLevel=-1,
        )
        twice_nll = 2 * result.minNll() - model.twice_surplus
        if result.status() != 0:
            raise RuntimeError(f"Minuit2 ends with status {result.status()}, at −2 ln L = {twice_nll}")
        return lambda: {"twiceNll": twice_nll}

    def hypotest(self):
        test = self.test(self.model)
        null, alternative = test.NullPValue(), test.AlternatePValue()
        expected_at = self.ROOT.RooStats.AsymptoticCalculator.GetExpectedPValues
        # The number of σ counts deviations of the background in the direction of a smaller CLs.
        expected = [expected_at(null, alternative, sigma, True, True) for sigma in SIGMAS]
        return lambda: {"cls": null / alternative if alternative > 0 else math.nan, "expected": sorted(expected)}

    def hypotheses(self, model):
        """μ = 0 and μ = 1."""
        model.to_start()
        signal, background = model.config.Clone("signal"), model.config.Clone("background")
        poi = model.config.GetParametersOfInterest().first()
        for hypothesis, value in ((background, 0), (signal, 1)):
            poi.setVal(value)
            hypothesis.SetSnapshot(self.ROOT.RooArgSet(poi))
        return background, signal

    def test(self, model):
        """RooStats' asymptotic test of μ = 1 against μ = 0 with q̃."""
        background, signal = self.hypotheses(model)
        calculator = self.ROOT.RooStats.AsymptoticCalculator(model.data, background, signal)
        calculator.SetOneSided(True)
        calculator.SetQTilde(True)
        return calculator.GetHypoTest()

    def toys(self, toys):
        RooStats = self.ROOT.RooStats
        model = self.model
        background, signal = self.hypotheses(model)
        calculator = RooStats.FrequentistCalculator(model.data, background, signal)
        calculator.SetToys(toys, toys)
        statistic = RooStats.ProfileLikelihoodTestStat(model.pdf)
        statistic.SetOneSided(True)
        calculator.GetTestStatSampler().SetTestStatistic(statistic)
        test = calculator.GetHypoTest()
        # The null hypothesis is that with the signal.
        null, alternative = test.NullPValue(), test.AlternatePValue()
        return lambda: {"cls": null / alternative if alternative > 0 else math.nan}

    def background(self, workspace, patches):
        self.document = json.loads(workspace)
        self.points = SignalPoints(patches)
        return dict

    def point(self):
        self.model = self.RootModel(self.jsonpatch.apply_patch(self.document, self.points.next()))
        test = self.test(self.model)
        return lambda: {"cls": test.NullPValue() / test.AlternatePValue()}


serve(imported)
