"""pyhf's side of `npm run bench`: one process that times what it is asked on standard input.

    python pyhf_bench.py numpy|jax scipy|minuit

lines.py has the lines of JSON that come and go.
"""

import json
import sys

from lines import SignalPoints, serve


def imported():
    import pyhf

    import numpy
    import scipy

    backend, optimizer = sys.argv[1:]
    packages = [pyhf, numpy, scipy]
    if backend == "jax":
        import jax

        packages.append(jax)
    if optimizer == "minuit":
        import iminuit

        packages.append(iminuit)
    pyhf.set_backend(backend, optimizer)
    return Bench(pyhf, optimizer), {package.__name__: package.__version__ for package in packages}


class Bench:
    """The model that was loaded last, and a method per task."""

    def __init__(self, pyhf, optimizer):
        self.pyhf = pyhf
        self.optimizer = optimizer

    def load(self, workspace, patches):
        patches = [json.loads(patch) for patch in patches]
        workspace = self.pyhf.Workspace(json.loads(workspace))
        self.model = workspace.model(patches=patches)
        self.data = workspace.data(self.model)
        return self.values_of_load

    def values_of_load(self):
        config = self.model.config
        start = self.pyhf.tensorlib.astensor(config.suggested_init())
        return {
            "parameters": config.npars,
            "bins": config.nmaindata,
            "twiceNll": self.pyhf.infer.mle.twice_nll(start, self.data, self.model),
        }

    def fit(self):
        # SciPy's minimiser has no covariance to give, and pyhf then returns nothing in its place.
        with_covariance = {"return_uncertainties": True, "return_correlations": True}
        options = with_covariance if self.optimizer == "minuit" else {}
        result = self.pyhf.infer.mle.fit(self.data, self.model, return_fitted_val=True, **options)
        return lambda: {"twiceNll": result[-1]}

    def hypotest(self):
        cls, expected = self.pyhf.infer.hypotest(
            1.0, self.data, self.model, test_stat="qtilde", return_expected_set=True
        )
        return lambda: {"cls": cls, "expected": expected}

    def limits(self):
        observed, expected = self.pyhf.infer.intervals.upper_limits.upper_limit(self.data, self.model)
        return lambda: {"observed": observed, "expected": expected}

    def toys(self, toys):
        calculator = self.pyhf.infer.calculators.ToyCalculator(
            self.data, self.model, test_stat="qtilde", ntoys=toys, track_progress=False
        )
        statistic = calculator.teststatistic(1.0)
        _, _, cls = calculator.pvalues(statistic, *calculator.distributions(1.0))
        return lambda: {"cls": cls}

    def background(self, workspace, patches):
        self.workspace = self.pyhf.Workspace(json.loads(workspace))
        self.points = SignalPoints(patches)
        return dict

    def point(self):
        model = self.workspace.model(patches=[self.points.next()])
        cls = self.pyhf.infer.hypotest(1.0, self.workspace.data(model), model, test_stat="qtilde")
        return lambda: {"cls": cls}


serve(imported)
