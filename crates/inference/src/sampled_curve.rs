//! A function of one variable known with its slope at a few points.

/// One point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Knot {
    pub at: f64,
    pub value: f64,
    pub slope: f64,
}

/// The knots in ascending order, no two at the same place.
#[derive(Clone, Debug, Default)]
pub(crate) struct SampledCurve {
    knots: Vec<Knot>,
}

/// How many knots an interpolation goes through.
const NEAREST: usize = 3;

impl SampledCurve {
    /// Adds a knot, or replaces the one at the same place.
    pub fn add(&mut self, knot: Knot) {
        let position = self.knots.partition_point(|known| known.at < knot.at);
        match self.knots.get_mut(position) {
            Some(known) if known.at == knot.at => *known = knot,
            _ => self.knots.insert(position, knot),
        }
    }

    /// All knots, ascending.
    pub fn knots(&self) -> &[Knot] {
        &self.knots
    }

    /// The distance from the nearest knot.
    pub fn distance(&self, at: f64) -> f64 {
        self.knots.iter().fold(f64::INFINITY, |least, knot| least.min((knot.at - at).abs()))
    }

    /// The polynomial that has the values and slopes of the nearest knots (Hermite's), at `at`; beyond the last knot it
    /// goes on with the last two.
    pub fn interpolate(&self, at: f64) -> f64 {
        let next = self.knots.partition_point(|knot| knot.at < at);
        let (mut first, mut end) = (next.min(self.knots.len()), next.min(self.knots.len()));
        let inside = next > 0 && next < self.knots.len();
        let wanted = if inside { NEAREST } else { 2 };
        while end - first < wanted && end - first < self.knots.len() {
            let below = first.checked_sub(1).map(|index| at - self.knots[index].at);
            let above = self.knots.get(end).map(|knot| knot.at - at);
            match (below, above) {
                (Some(below), Some(above)) if below <= above => first -= 1,
                (Some(_), None) => first -= 1,
                _ => end += 1,
            }
        }
        hermite(&self.knots[first..end], at)
    }
}

/// Newton's form of the polynomial, every knot taken twice.
fn hermite(knots: &[Knot], at: f64) -> f64 {
    let nodes: Vec<f64> = knots.iter().flat_map(|knot| [knot.at, knot.at]).collect();
    let mut differences: Vec<f64> = knots.iter().flat_map(|knot| [knot.value, knot.value]).collect();
    let size = nodes.len();
    // After step k, differences[i] is that of nodes i − k … i for i ≥ k.
    for order in 1..size {
        for i in (order..size).rev() {
            let span = nodes[i] - nodes[i - order];
            differences[i] =
                if span == 0.0 { knots[i / 2].slope } else { (differences[i] - differences[i - 1]) / span };
        }
    }
    differences.iter().zip(&nodes).rev().fold(0.0, |sum, (difference, node)| sum * (at - node) + difference)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(at: &[f64]) -> SampledCurve {
        let mut curve = SampledCurve::default();
        for &at in at {
            curve.add(Knot { at, value: at.powi(3) - 2.0 * at + 1.0, slope: 3.0 * at * at - 2.0 });
        }
        curve
    }

    #[test]
    fn a_cubic_is_met_exactly_inside_and_beyond() {
        for knots in [&[0.0, 1.0][..], &[2.0, 0.0, 1.0], &[3.0, -1.0, 0.5, 2.0, 0.25]] {
            let curve = sampled(knots);
            for at in [-1.5, 0.0, 0.3, 1.0, 1.9, 4.0] {
                let expected = f64::powi(at, 3) - 2.0 * at + 1.0;
                assert!((curve.interpolate(at) - expected).abs() < 1e-12 * (1.0 + expected.abs()), "{knots:?} {at}");
            }
        }
    }

    #[test]
    fn one_knot_is_its_tangent() {
        assert_eq!(sampled(&[1.0]).interpolate(3.0), 2.0);
        assert_eq!(sampled(&[1.0]).distance(3.5), 2.5);
    }

    #[test]
    fn knots_are_ascending_and_the_last_at_a_place_counts() {
        let mut curve = sampled(&[2.0, 0.0, 1.0]);
        curve.add(Knot { at: 1.0, value: 7.0, slope: 0.0 });
        let places: Vec<f64> = curve.knots().iter().map(|knot| knot.at).collect();
        assert_eq!(places, [0.0, 1.0, 2.0]);
        assert_eq!(curve.interpolate(1.0), 7.0);
    }
}
