"""A pyhf workspace as a model of ROOT's HistFactory."""

import math

import ROOT

HistFactory = ROOT.RooStats.HistFactory

# Relative uncertainty of a luminosity that no sample has; HistFactory keeps its constraint all the same.
UNUSED_LUMI = 0.1


class RootModel:
    """The first measurement of a workspace document, built with the classes that hist2workspace uses.

    HistFactory's JSON, which ROOT also reads, would be nearer, but ROOT 6.40 turns the Gaussian constraint of its
    staterror into a Poisson one.
    """

    def __init__(self, document):
        measurement = document["measurements"][0]
        settings = {parameter["name"]: parameter for parameter in measurement["config"]["parameters"]}
        has_lumi = any(
            modifier["type"] == "lumi"
            for channel in document["channels"]
            for sample in channel["samples"]
            for modifier in sample["modifiers"]
        )
        specification = HistFactory.Measurement("measurement", "measurement")
        specification.SetPOI(measurement["config"]["poi"])
        if has_lumi:
            (lumi,), (sigma,) = settings["lumi"]["auxdata"], settings["lumi"]["sigmas"]
            specification.SetLumi(lumi)
            specification.SetLumiRelErr(sigma / lumi)
        else:
            specification.SetLumi(1.0)
            specification.SetLumiRelErr(UNUSED_LUMI)
            specification.AddConstantParam("Lumi")
        observed = {observation["name"]: observation["data"] for observation in document["observations"]}
        for channel in document["channels"]:
            specification.AddChannel(channel_of(channel, observed[channel["name"]], settings))

        # Not MakeModelAndMeasurementFast, which also writes files into the current folder.
        self.workspace = HistFactory.HistoToWorkspaceFactoryFast.MakeCombinedModel(specification)
        self.config = self.workspace.obj("ModelConfig")
        self.pdf = self.config.GetPdf()
        self.data = self.workspace.data("obsData")
        self.global_observables = self.config.GetGlobalObservables()
        self.bins = sum(len(channel["samples"][0]["data"]) for channel in document["channels"])
        # RooFit's −ln L has a term for the choice of the channel that each event would fall into.
        self.twice_surplus = 2 * self.data.sumEntries() * math.log(len(document["channels"]))
        if not has_lumi:
            self.twice_surplus += 2 * math.log(UNUSED_LUMI * math.sqrt(2 * math.pi))
        for name, setting in settings.items():
            self.apply(setting, "Lumi" if name == "lumi" else name)
        self.workspace.saveSnapshot("start", self.pdf.getParameters(self.data), True)

    def apply(self, setting, name):
        """Bounds, start value and fixing of a parameter that the measurement sets; others keep HistFactory's."""
        variable = self.workspace.var(name) or self.workspace.var(f"alpha_{name}")
        if not variable:
            return
        if "bounds" in setting:
            variable.setRange(*setting["bounds"][0])
        if "inits" in setting:
            variable.setVal(setting["inits"][0])
        if setting.get("fixed", False):
            variable.setConstant(True)

    def to_start(self):
        self.workspace.loadSnapshot("start")


def channel_of(channel, observed, settings):
    made = HistFactory.Channel(channel["name"])
    made.SetData(histogram(observed))
    made.SetStatErrorConfig(0.0, "Gaussian")
    for sample in channel["samples"]:
        made.AddSample(sample_of(sample, settings))
    return made


def sample_of(sample, settings):
    made = HistFactory.Sample(sample["name"])
    made.SetNormalizeByTheory(False)
    errors = None
    for modifier in sample["modifiers"]:
        kind, name, data = modifier["type"], modifier["name"], modifier["data"]
        if kind == "normfactor":
            setting = settings.get(name, {})
            low, high = setting.get("bounds", [[0, 10]])[0]
            made.AddNormFactor(name, setting.get("inits", [1.0])[0], low, high)
        elif kind == "lumi":
            made.SetNormalizeByTheory(True)
        elif kind == "normsys":
            made.AddOverallSys(name, data["lo"], data["hi"])
        elif kind == "histosys":
            made.AddHistoSys(histosys_of(name, data))
        elif kind == "staterror":
            errors = data
            made.ActivateStatError()
        elif kind == "shapesys":
            made.AddShapeSys(shapesys_of(name, data, sample["data"]))
        else:
            raise NotImplementedError(f"{kind} {name}")
    made.SetHisto(histogram(sample["data"], errors))
    return made


def histosys_of(name, data):
    made = HistFactory.HistoSys()
    made.SetName(name)
    made.SetHistoLow(histogram(data["lo_data"]))
    made.SetHistoHigh(histogram(data["hi_data"]))
    return made


def shapesys_of(name, uncertainties, nominal):
    made = HistFactory.ShapeSys()
    made.SetName(name)
    made.SetConstraintType(HistFactory.Constraint.Poisson)
    relative = [error / rate if rate > 0 else 0.0 for error, rate in zip(uncertainties, nominal)]
    made.SetErrorHist(histogram(relative))
    return made


def histogram(contents, errors=None):
    made = ROOT.TH1D("histogram", "", len(contents), 0, len(contents))
    for i, content in enumerate(contents):
        made.SetBinContent(i + 1, content)
        made.SetBinError(i + 1, 0.0 if errors is None else errors[i])
    # The one who is given it deletes it.
    ROOT.SetOwnership(made, False)
    return made
