//! Who buys and what there is to buy in load data.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::Load;
use super::places::{PLACES, Place};
use super::random::{Random, Weighted};

/// How many articles the wholesaler has.
pub(super) const ARTICLES: usize = 8_000;

/// The product groups; article number n belongs to group n modulo their number.
#[rustfmt::skip]
pub(super) const GROUPS: [&str; 40] = [
    "Roller chains", "Leaf chains", "Sprockets", "Ball bearings", "Roller bearings", "Plain bearings", "Bearing units", "Linear guides",
    "Timing belts", "V-belts", "Flat belts", "Pulleys", "Geared motors", "Electric motors", "Frequency inverters", "Gearboxes",
    "Couplings", "Clutches", "Brakes", "Shaft clamps", "Conveyor rollers", "Conveyor belts", "Conveyor parts", "Lifting gear",
    "Seals", "O-rings", "Hydraulic hoses", "Hydraulic cylinders", "Pneumatics", "Fittings", "Valves", "Sensors",
    "Lubricants", "Adhesives", "Screws", "Springs", "Hand tools", "Safety at work", "Storage", "Services",
];

const STEMS: [&str; 24] = [
    "Aldes", "Brenk", "Corv", "Drell", "Evers", "Fennig", "Gold", "Hollen", "Imken", "Jasper", "Karven", "Lunde", "Merk", "Nielen",
    "Olden", "Pelz", "Quer", "Rohr", "Sören", "Tell", "Unter", "Velmer", "Wieg", "Zellen",
];
const ENDINGS: [&str; 12] = ["beck", "brand", "dorff", "feld", "hagen", "horst", "kamp", "mann", "meyer", "rath", "stedt", "thal"];
const TRADES: [&str; 12] = [
    "Maschinenbau",
    "Fördertechnik",
    "Metallbau",
    "Verpackung",
    "Papier",
    "Logistik",
    "Lebensmittel",
    "Anlagenbau",
    "Holzwerke",
    "Baustoffe",
    "Landtechnik",
    "Industriebedarf",
];

/// A customer of the load data.
pub(super) struct Account {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) place: usize,
    /// The product group it buys half of its lines from.
    pub(super) group: u32,
    /// What it gets off the list price, in percent.
    pub(super) discount_percent: i64,
}

impl Account {
    pub(super) fn seat(&self) -> &'static Place {
        &PLACES[self.place]
    }
}

/// An article of the load data.
pub(super) struct Article {
    pub(super) number: String,
    /// List price of one unit in the first year, in cents.
    pub(super) price_cents: i64,
    /// Cost of goods of one unit in the first year, in cents; `None` where nobody knows it.
    pub(super) cost_cents: Option<i64>,
}

impl Article {
    pub(super) fn group_of(article: usize) -> usize {
        article % GROUPS.len()
    }
}

/// One day of the load data.
pub(super) struct Day {
    pub(super) date: NaiveDate,
    /// Prices on this day, in thousandths of those of the first year.
    pub(super) price_level: i64,
    /// How many lines there are up to the end of this day.
    pub(super) lines_until: u64,
}

/// Everything that is fixed before the first line is drawn.
pub(super) struct World {
    pub(super) accounts: Vec<Account>,
    pub(super) articles: Vec<Article>,
    pub(super) days: Vec<Day>,
    pub(super) account_draw: Weighted,
    pub(super) article_draw: Weighted,
}

impl World {
    pub(super) fn new(load: &Load) -> World {
        let mut random = Random::part(load.seed, 1);
        World {
            accounts: (0..load.accounts).map(|n| account(n, &mut random)).collect(),
            articles: (0..ARTICLES).map(|n| article(n, &mut random)).collect(),
            days: days(load),
            account_draw: skewed(load.accounts as usize, 3, &mut random),
            article_draw: skewed(ARTICLES, 20, &mut random),
        }
    }
}

fn account(n: u32, random: &mut Random) -> Account {
    let (stem, ending, trade) = (random.pick(&STEMS), random.pick(&ENDINGS), random.pick(&TRADES));
    // Nine of ten customers are German: the first 96 places.
    let place = if random.chance(900) { random.below(96) } else { 96 + random.below(PLACES.len() as u32 - 96) } as usize;
    let form = match PLACES[place].country {
        "NL" => "B.V.",
        "PL" => "Sp. z o.o.",
        "CZ" => "s.r.o.",
        "DK" => "ApS",
        _ => random.pick(&["GmbH", "GmbH", "GmbH & Co. KG", "AG", "KG"]),
    };
    Account {
        number: format!("{}", 10_001 + n),
        name: format!("{stem}{ending} {trade} {form}"),
        place,
        group: random.below(GROUPS.len() as u32),
        discount_percent: i64::from(random.below(6)) * 5,
    }
}

/// Prices from half a euro to about two thousand, as many between 1 and 2 as between 100 and 200; cost is 50 to 75 percent of the list price.
fn article(n: usize, random: &mut Random) -> Article {
    let octave = 50_i64 << random.below(12);
    let price_cents = octave + random.between(0, octave);
    let cost_cents = (price_cents * random.between(500, 750) / 1_000).max(1);
    Article { number: format!("A-{:05}", n + 1), price_cents, cost_cents: (!random.chance(30)).then_some(cost_cents) }
}

/// Weights that fall with the rank, ranks in random order: a few draw most, a long tail draws little.
fn skewed(count: usize, flatten: u64, random: &mut Random) -> Weighted {
    let mut weights: Vec<u64> = (1..=count as u64).map(|rank| 1_000_000_000_000 / (rank + flatten)).collect();
    random.shuffle(&mut weights);
    Weighted::new(&weights)
}

/// The 36 months up to the as-of day, lines shared out by weekday, month and growth.
fn days(load: &Load) -> Vec<Day> {
    let first = load.as_of.checked_sub_months(Months::new(36)).unwrap_or(NaiveDate::MIN);
    let dates: Vec<NaiveDate> = first.iter_days().skip(1).take_while(|&date| date <= load.as_of).collect();
    let weights: Vec<u64> = dates.iter().enumerate().map(|(n, &date)| weight(date) * (1_000 + n as u64 / 4)).collect();
    // A weight of nothing at all cannot occur in 36 months, but would divide by zero.
    let total = u128::from(weights.iter().sum::<u64>().max(1));
    let mut until = 0_u128;
    dates
        .iter()
        .zip(weights)
        .map(|(&date, weight)| {
            until += u128::from(weight);
            let price_level = 1_000 + 25 * i64::from(date.years_since(first).unwrap_or(0));
            Day { date, price_level, lines_until: (u128::from(load.lines) * until / total) as u64 }
        })
        .collect()
}

/// How much is invoiced on such a day: nothing on Sundays, little on Saturdays, most on Tuesdays; less in August and at the turn of the year.
fn weight(date: NaiveDate) -> u64 {
    let by_weekday = match date.weekday() {
        Weekday::Sun => 0,
        Weekday::Sat => 8,
        Weekday::Tue => 115,
        _ => 100,
    };
    let by_month = [93, 96, 107, 101, 100, 103, 98, 90, 107, 108, 109, 88][date.month0() as usize];
    let new_year = NaiveDate::from_ymd_opt(date.year() + 1, 1, 1).is_some_and(|new_year| new_year - Days::new(8) <= date);
    by_weekday * by_month / if new_year { 5 } else { 1 }
}
