//! What the values of one column look like.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use kontor_domain::settings::Currency;

use crate::read::value::{self, DateOrder, Decimal, Kind};

/// What the values of one column look like.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Values that are not empty.
    pub filled: usize,
    /// Values that are numbers in either format.
    pub numbers: usize,
    /// Values that go on counting lines: one more than the one before, or from the beginning again.
    pub counters: usize,
    /// Values that look like the key of something: short, in one piece, with a digit or all in capitals.
    pub codes: usize,
    /// Values that are numbers with a sharp in front, as shops write those of their orders.
    pub marked: usize,
    /// Values that name a side of an account.
    pub sides: usize,
    /// Values that are currencies.
    pub currencies: usize,
    /// Values that say how something was paid.
    pub payments: usize,
    /// Values that are dates in any order.
    pub dates: usize,
    /// Values that could be the serial numbers of days.
    pub serials: usize,
    /// Values that can only be read with a decimal point, or only with a comma.
    pub decimal: [usize; 2],
    /// Values whose only separator, a point or a comma, could part decimals or thousands.
    pub either_decimal: [usize; 2],
    /// Those of them that have a unit beside them.
    pub priced: usize,
    /// Whole numbers without a separator below and above a thousand.
    pub whole: [usize; 2],
    /// Values that can only be year-month-day, day-month-year, month-day-year.
    pub orders: [usize; 3],
    /// Dates that could be day-month or month-day.
    pub either_order: usize,
    /// Dates with points between their parts.
    pub dotted: usize,
    /// The first values.
    pub samples: Vec<String>,
    /// Every row's value by its hash, 0 where it is empty.
    pub values: Vec<u64>,
    /// The last and the least value that counts lines.
    count: Option<(u32, u32)>,
}

/// No invoice has more lines, even where they are counted in tens.
const LINES_MAX: u32 = 100_000;
/// What the first line of an invoice is called.
const FIRST_LINES: [u32; 6] = [0, 1, 10, 100, 1_000, 10_000];
/// A longer text is no key.
const CODE_LETTERS: usize = 20;

impl Profile {
    /// Takes a value in.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        self.values.push(hash(text));
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        if self.samples.len() < 5 && !self.samples.iter().any(|sample| sample == text) {
            self.samples.push(text.chars().take(60).collect());
        }
        self.codes += usize::from(is_code(text));
        self.marked += usize::from(text.strip_prefix('#').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())));
        self.sides += usize::from(value::Side::parse(text).is_some());
        self.currencies += usize::from(Currency::from_sign(text).is_some());
        self.payments += usize::from(is_payment(text));
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        let numbers = [Decimal::Point, Decimal::Comma].map(|decimal| value::parse_number(text, decimal));
        let [as_point, as_comma] = numbers.map(|number| number.is_some());
        if let [Some(point), Some(comma)] = numbers {
            if point != comma {
                self.either_decimal[usize::from(text.contains(','))] += 1;
                self.priced += usize::from(!value::unit(text).is_empty());
            } else if point.scale == 0 {
                self.whole[usize::from(point.mantissa.abs() >= 1000)] += 1;
            }
        }
        self.numbers += usize::from(as_point || as_comma);
        self.counters += usize::from(text.parse().is_ok_and(|number: u32| self.counts_on(number)));
        self.decimal[0] += usize::from(as_point && !as_comma);
        self.decimal[1] += usize::from(as_comma && !as_point);
        self.serials += usize::from(value::serial(text).is_some());
        match value::date_evidence(text).as_slice() {
            [] => return,
            [DateOrder::YearMonthDay] => self.orders[0] += 1,
            [DateOrder::DayMonthYear] => self.orders[1] += 1,
            [DateOrder::MonthDayYear] => self.orders[2] += 1,
            _ => self.either_order += 1,
        }
        self.dates += 1;
        self.dotted += usize::from(text.contains('.') && !text.contains('/'));
    }

    /// Whether a number goes on counting the lines of an invoice, which begin with one, or with ten or a thousand times as much. Round tens count lines
    /// even where some are left out.
    fn counts_on(&mut self, number: u32) -> bool {
        let (last, least) = self.count.unwrap_or((0, number));
        self.count = Some((number, least.min(number)));
        let is_next = number > last || number <= least;
        number < LINES_MAX && FIRST_LINES.contains(&least) && (is_next || number.is_multiple_of(10))
    }

    /// How many different values there are.
    pub fn distinct(&self) -> usize {
        self.values.iter().filter(|&&value| value != 0).collect::<HashSet<_>>().len()
    }

    /// How many different pairs of values there are with another column.
    pub fn pairs(&self, other: &Profile) -> usize {
        let pairs = self.values.iter().zip(&other.values).filter(|&(&one, &two)| one != 0 && two != 0);
        pairs.collect::<HashSet<_>>().len()
    }

    /// What its values are. Eight digits are a number until a header says that they are a date.
    pub fn kind(&self) -> Kind {
        if self.filled == 0 {
            Kind::Empty
        } else if self.are_most(self.dates) && self.numbers < self.filled {
            Kind::Date
        } else if self.are_most(self.numbers) {
            Kind::Number
        } else if self.are_most(self.dates) {
            Kind::Date
        } else {
            Kind::Text
        }
    }

    /// Whether so many are nine in ten of the values, and there are values.
    pub const fn are_most(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }

    /// The decimal separator of a column whose separators all stand before three digits while whole numbers without any stay below a thousand: they part thousands.
    pub const fn grouping(&self) -> Option<Decimal> {
        let ([points, commas], [small, large]) = (self.either_decimal, self.whole);
        // Three digits behind a separator beside a currency are thousands, too: prices have two decimals.
        let are_prices = self.priced > 0 && self.priced == points + commas;
        if !matches!(self.decimal, [0, 0]) || large > 0 || (small == 0 && !are_prices) {
            None
        } else if points > 0 && commas == 0 {
            Some(Decimal::Comma)
        } else if commas > 0 && points == 0 {
            Some(Decimal::Point)
        } else {
            None
        }
    }

    /// Whether the column has separators and nothing shows what they part.
    pub const fn is_decimal_open(&self) -> bool {
        matches!(self.decimal, [0, 0]) && !matches!(self.either_decimal, [0, 0]) && self.grouping().is_none()
    }

    /// The decimal separator; where no value decides, the file's habit.
    pub const fn decimal(&self, habit: Decimal) -> Decimal {
        let [point, comma] = self.decimal;
        if point > comma {
            Decimal::Point
        } else if comma > point {
            Decimal::Comma
        } else {
            habit
        }
    }

    /// The order of dates; where no value decides, points mean day first and strokes follow the file's habit. Dates with the year in front are read in any order, so
    /// they decide only where there are no others.
    pub const fn order(&self, habit: Decimal) -> DateOrder {
        let [_, day, month] = self.orders;
        if day > month {
            DateOrder::DayMonthYear
        } else if month > day {
            DateOrder::MonthDayYear
        } else if self.is_year_first() {
            DateOrder::YearMonthDay
        } else if self.dotted > 0 || matches!(habit, Decimal::Comma) {
            DateOrder::DayMonthYear
        } else {
            DateOrder::MonthDayYear
        }
    }

    /// True when every date has the year in front, so that nothing is left to choose.
    pub const fn is_year_first(&self) -> bool {
        self.either_order == 0 && self.orders[1] == 0 && self.orders[2] == 0
    }

    /// True when dates could be read either way and nothing decides.
    pub const fn is_order_open(&self) -> bool {
        self.either_order > 0 && self.orders[1] == 0 && self.orders[2] == 0 && self.dotted == 0
    }
}

fn is_code(text: &str) -> bool {
    let is_short = text.chars().count() <= CODE_LETTERS && !text.contains(char::is_whitespace);
    is_short && (text.contains(|c: char| c.is_ascii_digit()) || !text.contains(char::is_lowercase))
}

/// Whether a text says how something was paid, as columns of types do that are not about documents.
fn is_payment(text: &str) -> bool {
    let text = text.to_lowercase();
    ["cash", "bar", "visa"].contains(&text.as_str())
        || ["credit card", "debit card", "kreditkarte", "paypal", "mastercard"].iter().any(|way| text.contains(way))
}

fn hash(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Profile {
        let mut profile = Profile::default();
        values.iter().for_each(|value| profile.add(value));
        profile
    }

    #[test]
    fn lines_are_counted_and_articles_are_not() {
        for lines in
            [&["1", "2", "3", "1", "2", "1", "1"][..], &["000010", "000020", "000010"], &["10000", "20000", "10000"], &["0", "1", "0"]]
        {
            let profile = of(lines);
            assert!(profile.are_most(profile.counters), "{lines:?}");
        }
        for articles in [&["70001", "70002", "70001", "70004"][..], &["1", "7", "3", "2", "6", "2"], &["4711", "4712", "4713"]] {
            let profile = of(articles);
            assert!(!profile.are_most(profile.counters), "{articles:?}");
        }
    }

    #[test]
    fn values_and_pairs_are_counted_once() {
        let (one, two) = (of(&["a", "a", "", "b"]), of(&["x", "y", "z", "x"]));
        assert_eq!((one.distinct(), two.distinct(), one.pairs(&two)), (2, 3, 3));
    }
}
