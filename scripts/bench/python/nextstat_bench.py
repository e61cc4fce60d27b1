"""NextStat's side of `npm run bench`, through its Python interface.

lines.py has the lines of JSON that come and go.
"""

import json

from lines import SignalPoints, serve


def imported():
    import nextstat

    import jsonpatch  # which it does not bring: it takes whole workspaces

    return Bench(nextstat, jsonpatch), {"nextstat": nextstat.__version__}


class Bench:
    """The model that was loaded last, and a method per task."""

    def __init__(self, nextstat, jsonpatch):
        self.nextstat = nextstat
        self.jsonpatch = jsonpatch

    def load(self, workspace, patches):
        if patches:
            document = json.loads(workspace)
            for patch in patches:
                document = self.jsonpatch.apply_patch(document, json.loads(patch))
            workspace = json.dumps(document)
        self.model = self.nextstat.from_pyhf(workspace)
        return self.values_of_load

    def values_of_load(self):
        start = self.model.suggested_init()
        return {
            "parameters": self.model.n_params(),
            "bins": len(self.model.expected_data(start, include_auxdata=False)),
            "twiceNll": 2 * self.model.nll(start),
        }

    def fit(self):
        result = self.nextstat.fit(self.model)
        if not result.converged:
            raise RuntimeError(f"{result.termination_reason}, at −2 ln L = {result.twice_nll}")
        return lambda: {"twiceNll": result.twice_nll}

    def hypotest(self):
        cls = self.nextstat.hypotest(1.0, self.model)
        return lambda: {"cls": cls}

    def limits(self):
        observed, expected = self.nextstat.upper_limit(self.model, method="root")
        return lambda: {"observed": observed, "expected": expected}

    def toys(self, toys):
        cls = self.nextstat.hypotest_toys(1.0, self.model, n_toys=toys, seed=1)
        return lambda: {"cls": cls}

    def background(self, workspace, patches):
        self.document = json.loads(workspace)
        self.points = SignalPoints(patches)
        return dict

    def point(self):
        document = self.jsonpatch.apply_patch(self.document, self.points.next())
        cls = self.nextstat.hypotest(1.0, self.nextstat.from_pyhf(json.dumps(document)))
        return lambda: {"cls": cls}


serve(imported)
