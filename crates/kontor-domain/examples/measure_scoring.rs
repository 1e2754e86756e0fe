//! How long a valuation by points of many accounts takes once the ledger's figures are known: `cargo run --release --example measure_scoring [ACCOUNTS]`.

use std::io::Write;
use std::time::Instant;

use kontor_domain::Amount;
use kontor_domain::scoring::Points;
use kontor_domain::scoring::criterion::Kind;
use kontor_domain::scoring::defaults;
use kontor_domain::scoring::portfolio::position;
use kontor_domain::scoring::ranking::{PointsTable, rank};

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn main() {
    let accounts: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let model = defaults::model(|index| (index as i64 + 1, 1));
    let mut chance = Chance(1);
    let figures: Vec<Vec<Option<Amount>>> = model
        .criteria
        .iter()
        .map(|_| (0..accounts).map(|_| (chance.below(20) > 0).then(|| Amount::from_cents(chance.below(1_000_000_000) as i64))).collect())
        .collect();
    let ratings: Vec<Option<u8>> =
        (0..accounts * model.criteria.len()).map(|_| (chance.below(4) > 0).then(|| chance.below(6) as u8)).collect();
    let mut out = std::io::stdout().lock();
    for run in 1..=5 {
        let start = Instant::now();
        let mut columns: Vec<Vec<Option<Points>>> = Vec::new();
        for (column, weighted) in model.criteria.iter().enumerate() {
            columns.push(match &weighted.criterion.kind {
                Kind::Metric { scale, .. } => scale.steps(&figures[column]).into_iter().map(|step| step.map(Points::of_step)).collect(),
                _ => (0..accounts).map(|index| ratings[index * model.criteria.len() + column].map(Points::of_step)).collect(),
            });
        }
        let mut table = PointsTable::new(model.criteria.len());
        for index in 0..accounts {
            table.push(columns.iter().map(|column| column[index]));
        }
        let steps = start.elapsed();
        let places = rank(&model.weights(), &table, model.least_coverage);
        let ranked = start.elapsed();
        let placed = (0..accounts).filter(|&index| position(&model, table.row(index)).is_some()).count();
        let all = start.elapsed();
        let line = format!(
            "run {run}: {accounts} accounts, {} criteria, {} ranked, {placed} placed: points {steps:.0?}, ranks and their ranges {:.0?}, positions {:.0?}, in all {all:.0?}\n",
            model.criteria.len(),
            places.iter().flatten().count(),
            ranked - steps,
            all - ranked,
        );
        if out.write_all(line.as_bytes()).is_err() {
            return;
        }
    }
}
