//! Fits of toys of a likelihood in closed form.

use histfactory_inference::{Setup, TestStatistic};
use histfactory_likelihood::elementary::clamp;
use histfactory_likelihood::{
    ClosedForm, ClosedFormData, Dataset, Model, ProfilePoint, ProfileSlopes, shared_parameters,
};

use crate::statistic::ToyStatistic;

/// Estimated distance to the minimum at which a fit ends. What is left is known and taken off: the next order is below
/// 10⁻¹⁰.
const EDM_GOAL: f64 = 1e-7;
/// Passes after which a fit is left to the general minimiser.
const MOST_PASSES: usize = 30;

/// [`ClosedFits`] of as many shared parameters as a model has.
#[derive(Clone, Debug)]
pub(crate) enum AnyClosedFits {
    One(ClosedFits<1>),
    Two(ClosedFits<2>),
    Three(ClosedFits<3>),
}

impl AnyClosedFits {
    /// For toys generated at `generating`, where the model is of this form and has few shared parameters.
    pub fn new(model: &Model, setup: &Setup, generating: &[f64], statistic: &ToyStatistic) -> Option<Self> {
        match shared_parameters(model, &setup.fixed) {
            1 => ClosedFits::new(model, setup, generating, statistic).map(Self::One),
            2 => ClosedFits::new(model, setup, generating, statistic).map(Self::Two),
            3 => ClosedFits::new(model, setup, generating, statistic).map(Self::Three),
            _ => None,
        }
    }

    /// Whether −2 ln L is convex, so that other starts lead to no other minimum.
    pub fn convex(&self) -> bool {
        match self {
            Self::One(fits) => fits.form.convex(),
            Self::Two(fits) => fits.form.convex(),
            Self::Three(fits) => fits.form.convex(),
        }
    }

    /// The statistic of these data; `None` where a fit has not come to its end.
    pub fn statistic(&mut self, data: &Dataset) -> Option<f64> {
        match self {
            Self::One(fits) => fits.statistic(data),
            Self::Two(fits) => fits.statistic(data),
            Self::Three(fits) => fits.statistic(data),
        }
    }
}

/// The statistic of one toy after the other, from passes over the bins of a likelihood in closed form.
///
/// Its fits end at a minimum or say that they have not found one; the general minimiser then takes over.
#[derive(Clone, Debug)]
pub(crate) struct ClosedFits<const K: usize> {
    form: ClosedForm<K>,
    data: ClosedFormData<K>,
    /// The conditional fit and the free one.
    conditional: ProfilePoint<K>,
    free: ProfilePoint<K>,
    lower: [f64; K],
    upper: [f64; K],
    /// Where the free fit starts.
    start: [f64; K],
    /// What is tested; nothing for the deviance.
    test: Option<Test<K>>,
}

#[derive(Clone, Copy, Debug)]
struct Test<const K: usize> {
    statistic: TestStatistic,
    /// Position of the parameter of interest among the shared ones.
    poi: usize,
    tested: f64,
    /// Where the conditional fit starts.
    start: [f64; K],
}

impl<const K: usize> ClosedFits<K> {
    /// For toys generated at `generating`, where the model is of this form.
    pub fn new(model: &Model, setup: &Setup, generating: &[f64], statistic: &ToyStatistic) -> Option<Self> {
        let form = ClosedForm::<K>::of(model, &setup.start, &setup.fixed, &setup.lower, &setup.upper)?;
        let shared = *form.shared();
        let of = |values: &[f64]| shared.map(|index| values[index]);
        let test = match statistic {
            ToyStatistic::Deviance => None,
            ToyStatistic::Profile { statistic, poi, tested, conditional } => {
                let poi = shared.iter().position(|index| index == poi)?;
                let mut start = of(conditional);
                start[poi] = *tested;
                Some(Test { statistic: *statistic, poi, tested: *tested, start })
            }
        };
        Some(Self {
            data: form.data(),
            conditional: form.point(),
            free: form.point(),
            lower: of(&setup.lower),
            upper: of(&setup.upper),
            start: of(generating),
            test,
            form,
        })
    }

    /// The statistic of these data; `None` where a fit has not come to its end.
    pub fn statistic(&mut self, data: &Dataset) -> Option<f64> {
        self.form.fill(data.main(), data.auxiliary(), &mut self.data);
        match self.test {
            None => {
                let edm = self.fit_free(self.start, None)?;
                number((self.form.twice_deviance(&self.data, &self.free) - edm).max(0.0))
            }
            Some(test) if K == 1 && self.form.convex() => self.one_sided(&test),
            Some(test) => self.profile(&test),
        }
    }

    /// With nothing but the parameter of interest to fit and a single minimum, the slope at the tested value says to
    /// which side of it the best fit lies.
    fn one_sided(&mut self, test: &Test<K>) -> Option<f64> {
        let slopes = self.form.profile(&self.data, test.start, &mut self.conditional)?;
        let falls = slopes.gradient[test.poi] < 0.0;
        if falls != (test.statistic == TestStatistic::Discovery) {
            return Some(0.0);
        }
        let left = self.fit_free(test.start, Some(slopes))?;
        if self.free.shared == test.start {
            return Some(left);
        }
        number((self.form.difference(&self.data, &self.conditional, &self.free) + left).max(0.0))
    }

    fn profile(&mut self, test: &Test<K>) -> Option<f64> {
        let left = self.fit_free(self.start, None)?;
        if test.statistic.vanishes(test.tested, self.free.shared[test.poi]) {
            return Some(0.0);
        }
        let mut held = [false; K];
        held[test.poi] = true;
        let bounds = [self.lower, self.upper];
        let fit = Minimisation { form: &self.form, data: &self.data, bounds, held };
        let left_conditional = fit.run(test.start, None, &mut self.conditional)?;
        let difference = self.form.difference(&self.data, &self.conditional, &self.free);
        // A conditional minimum below the free one: there is more than one, which the general minimiser sorts out.
        number(difference - left_conditional + left).filter(|&value| value > -1e-8).map(|value| value.max(0.0))
    }

    fn fit_free(&mut self, start: [f64; K], slopes: Option<ProfileSlopes<K>>) -> Option<f64> {
        let bounds = [self.lower, self.upper];
        let fit = Minimisation { form: &self.form, data: &self.data, bounds, held: [false; K] };
        fit.run(start, slopes, &mut self.free)
    }
}

fn number(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// Newton's method over the shared parameters.
struct Minimisation<'a, const K: usize> {
    form: &'a ClosedForm<K>,
    data: &'a ClosedFormData<K>,
    bounds: [[f64; K]; 2],
    held: [bool; K],
}

impl<const K: usize> Minimisation<'_, K> {
    /// From `start`, where the slopes may be known, to a minimum in `point`; returns the distance estimated to be left.
    fn run(&self, start: [f64; K], mut known: Option<ProfileSlopes<K>>, point: &mut ProfilePoint<K>) -> Option<f64> {
        let [lower, upper] = self.bounds;
        let mut inside = start;
        let mut next = start;
        // With one parameter, the points between which the minimum must lie.
        let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
        for _ in 0..MOST_PASSES {
            let Some(slopes) = known.take().or_else(|| self.form.profile(self.data, next, point)) else {
                // Outside the domain: half the way back.
                for (next, inside) in next.iter_mut().zip(inside) {
                    *next = 0.5 * (*next + inside);
                }
                continue;
            };
            inside = next;
            let free: [bool; K] = core::array::from_fn(|k| {
                let slope = slopes.gradient[k];
                let pressed = (next[k] <= lower[k] && slope > 0.0) || (next[k] >= upper[k] && slope < 0.0);
                !self.held[k] && !pressed
            });
            let step = newton_step(&slopes, free);
            if let Some(step) = step {
                let edm: f64 = step.iter().zip(slopes.gradient).map(|(step, slope)| step * slope).sum();
                if edm <= EDM_GOAL {
                    point.shared = inside;
                    return Some(edm);
                }
            }
            if K == 1 {
                if slopes.gradient[0] > 0.0 {
                    to = inside[0]
                } else {
                    from = inside[0]
                }
                let moved = step.map_or(f64::NAN, |step| clamp(inside[0] - step[0], lower[0], upper[0]));
                let between = from < moved && moved < to;
                next[0] = if between { moved } else { 0.5 * (from.max(lower[0]) + to.min(upper[0])) };
            } else {
                let step = step?;
                for k in 0..K {
                    next[k] = clamp(inside[k] - step[k], lower[k], upper[k]);
                }
            }
        }
        None
    }
}

/// H⁻¹g over the free parameters, 0 for the others; `None` where H is not positive definite over them.
fn newton_step<const K: usize>(slopes: &ProfileSlopes<K>, free: [bool; K]) -> Option<[f64; K]> {
    let mut factor = [[0.0; K]; K];
    let mut step = [0.0; K];
    for i in 0..K {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let entry = if free[i] && free[j] { slopes.hessian[i][j] - known } else { f64::from(u8::from(i == j)) };
            if i != j {
                factor[i][j] = entry / factor[j][j];
            } else if entry > 0.0 {
                factor[i][i] = entry.sqrt();
            } else {
                return None;
            }
        }
        let known: f64 = (0..i).map(|k| factor[i][k] * step[k]).sum();
        step[i] = if free[i] { (slopes.gradient[i] - known) / factor[i][i] } else { 0.0 };
    }
    for i in (0..K).rev() {
        let known: f64 = (i + 1..K).map(|k| factor[k][i] * step[k]).sum();
        step[i] = if free[i] { (step[i] - known) / factor[i][i] } else { 0.0 };
    }
    Some(step)
}
