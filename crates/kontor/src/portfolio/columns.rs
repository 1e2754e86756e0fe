//! The columns that the accounts list can have: what stands in each, for the page, for files, for programs and for sorting, all from one value.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use kontor_domain::Amount;
use kontor_domain::abc::{Class, Metric};
use kontor_domain::account::custom::{CustomField, CustomKind};
use kontor_domain::account::{Key as RecordKey, Lifecycle};
use kontor_domain::cadence::Standing;
use kontor_domain::growth::Growth;

use crate::accounts::directory::Text;
use crate::accounts::pages::values;
use crate::accounts::search::Folded;
use crate::accounts::store::Number;
use crate::audit::details::field_name;
use crate::cadence::book::Book;
use crate::cadence::pages::state_name;
use crate::sheet::Cell;
use crate::valuation::pages::frame::account_name;
use crate::valuation::table::{SumsExt, Valuation};
use crate::web::texts::Texts;

/// The key of a custom field: at most 40 small letters, digits and underscores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomKey {
    bytes: [u8; KEY_MAX],
    length: usize,
}

/// The longest key of a custom field.
const KEY_MAX: usize = 40;

impl CustomKey {
    /// A key; `None` for what cannot be one.
    pub fn new(key: &str) -> Option<CustomKey> {
        let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let mut bytes = [0; KEY_MAX];
        bytes.get_mut(..key.len()).filter(|_| is_key)?.copy_from_slice(key.as_bytes());
        Some(CustomKey { bytes, length: key.len() })
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// One column. Rank, share and class go by revenue; [`Column::MarginClass`] goes by margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Rank by revenue.
    Rank,
    /// Customer number.
    Number,
    /// The source system in which that is the number.
    Source,
    /// The numbers it has in other sources, or beside the first one.
    Numbers,
    /// Name.
    Name,
    /// Country.
    Country,
    /// Postal code.
    PostalCode,
    /// City.
    City,
    /// Industry.
    Industry,
    /// Prospect, active or former.
    Lifecycle,
    /// How many people work there.
    Employees,
    /// Tags.
    Tags,
    /// Net invoiced amount of the period.
    Revenue,
    /// Part of all revenue.
    Share,
    /// Part of all revenue of this account and all before it.
    Cumulative,
    /// Class by revenue.
    Class,
    /// Net invoiced amount of the period before.
    RevenueBefore,
    /// Revenue minus revenue of the period before.
    Difference,
    /// The same as a rate.
    Growth,
    /// Margin.
    Margin,
    /// Margin as part of the revenue it belongs to.
    MarginRate,
    /// Class by margin.
    MarginClass,
    /// Invoices and credit notes of the period.
    Invoices,
    /// First day with a line in the ledger.
    First,
    /// Last day with a line in the ledger.
    Last,
    /// The last contact that counts.
    LastContact,
    /// How it stands with contact.
    Contact,
    /// A field that the company added.
    Custom(CustomKey),
}

/// What stands in a column for one account.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Missing,
    /// Words.
    Text(Cow<'a, str>),
    /// A value of a custom field in its stored form.
    Custom(&'a str),
    /// Money.
    Amount(Amount),
    /// Money with its sign, as a change.
    Difference(Amount),
    /// A part of a whole, 0–1.
    Share(f64),
    /// A margin rate, which can be below zero.
    Rate(f64),
    /// A number of things.
    Count(u64),
    /// Where an account stands.
    Lifecycle(Lifecycle),
    /// A class.
    Class(Class),
    /// A change.
    Growth(Growth),
    /// A day.
    Day(NaiveDate),
    /// How it stands with contact.
    Contact(Standing),
}

/// What the rows of the list are made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Figures and master data.
    pub valuation: &'a Valuation,
    /// Rules and days of contact.
    pub book: &'a Book,
    /// Whether there are invoices that the figures come from.
    pub is_booked: bool,
}

impl<'a> Source<'a> {
    /// How it stands with contact to the account of a row; where groups count as one, to the account at the head.
    pub fn standing(self, index: usize) -> Option<Standing> {
        self.book.account(self.valuation.account(index).id).map(|contact| contact.standing)
    }
}

/// What rows are put in order by; less comes first when ascending.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// By size.
    Number(i64),
    /// By letters.
    Text(Folded),
}

impl Column {
    /// All columns that every house has, in the order in which they stand; custom fields follow.
    pub const ALL: [Column; 27] = [
        Column::Rank,
        Column::Number,
        Column::Source,
        Column::Numbers,
        Column::Name,
        Column::Country,
        Column::PostalCode,
        Column::City,
        Column::Industry,
        Column::Lifecycle,
        Column::Employees,
        Column::Tags,
        Column::Revenue,
        Column::Share,
        Column::Cumulative,
        Column::Class,
        Column::RevenueBefore,
        Column::Difference,
        Column::Growth,
        Column::Margin,
        Column::MarginRate,
        Column::MarginClass,
        Column::Invoices,
        Column::First,
        Column::Last,
        Column::LastContact,
        Column::Contact,
    ];

    /// Those of a list that nobody has chosen columns for.
    pub const USUAL: [Column; 10] = [
        Column::Rank,
        Column::Name,
        Column::Revenue,
        Column::Share,
        Column::Class,
        Column::Growth,
        Column::MarginRate,
        Column::MarginClass,
        Column::Last,
        Column::Contact,
    ];

    /// These columns in a file that nobody has chosen them for: with the customer number, so that the rows can be matched with those of the ERP. Its source
    /// and further numbers are added where one number alone may not say which account is meant.
    pub fn in_file(columns: &[Column], source: Source<'_>, rows: &[usize]) -> Vec<Column> {
        let numbers = || rows.iter().map(|&index| &source.valuation.account(index).numbers);
        let first = numbers().find_map(|numbers| numbers.first()).map(|number| number.source.as_str());
        let has_many = numbers().any(|numbers| numbers.len() > 1);
        let is_mixed = has_many || numbers().flatten().any(|number| Some(number.source.as_str()) != first);
        let needed = [(Column::Number, true), (Column::Source, is_mixed), (Column::Numbers, has_many)];
        let needed = needed.into_iter().filter(|(_, is_needed)| *is_needed).map(|(column, _)| column);
        let all: Vec<Column> = columns.iter().copied().chain(needed).collect();
        // In the order of the list; columns of the house's own come after.
        let known = Column::ALL.into_iter().filter(|column| all.contains(column));
        known.chain(all.iter().copied().filter(|column| matches!(column, Column::Custom(_)))).collect()
    }

    /// The name in addresses, preferences and the API.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Column::Rank => "rank",
            Column::Number => "number",
            Column::Source => "source",
            Column::Numbers => "further_numbers",
            Column::Name => "name",
            Column::Country => "country",
            Column::PostalCode => "postal_code",
            Column::City => "city",
            Column::Industry => "industry",
            Column::Lifecycle => "lifecycle",
            Column::Employees => "employees",
            Column::Tags => "tags",
            Column::Revenue => "revenue",
            Column::Share => "share",
            Column::Cumulative => "cumulative_share",
            Column::Class => "class",
            Column::RevenueBefore => "revenue_before",
            Column::Difference => "difference",
            Column::Growth => "growth",
            Column::Margin => "margin",
            Column::MarginRate => "margin_rate",
            Column::MarginClass => "margin_class",
            Column::Invoices => "invoices",
            Column::First => "first",
            Column::Last => "last",
            Column::LastContact => "last_contact",
            Column::Contact => "contact",
            Column::Custom(key) => return Cow::Owned(format!("custom.{}", key.as_str())),
        })
    }

    /// The header.
    pub fn label(self, t: &Texts, fields: &[CustomField]) -> String {
        match self {
            Column::Rank => t.valuation_rank(),
            Column::Number => t.valuation_number(),
            Column::Source => t.portfolio_source(),
            Column::Numbers => t.portfolio_numbers(),
            Column::Name => t.valuation_account(),
            Column::Country => t.portfolio_country(),
            Column::PostalCode => t.portfolio_postal_code(),
            Column::City => t.portfolio_city(),
            Column::Industry => t.portfolio_industry(),
            Column::Lifecycle => field_name(t, "lifecycle"),
            Column::Employees => field_name(t, "employees"),
            Column::Tags => field_name(t, "tags"),
            Column::Custom(key) => values::label(t, &RecordKey::Custom(key.as_str().to_owned()), fields),
            Column::Revenue => t.valuation_revenue(),
            Column::Share => t.valuation_share(),
            Column::Cumulative => t.valuation_cumulative(),
            Column::Class => t.valuation_class(),
            Column::RevenueBefore => t.valuation_before_of(t.valuation_revenue()),
            Column::Difference => t.portfolio_difference(),
            Column::Growth => t.valuation_growth(),
            Column::Margin => t.valuation_margin(),
            Column::MarginRate => t.valuation_margin_rate(),
            Column::MarginClass => t.portfolio_margin_class(),
            Column::Invoices => t.portfolio_invoices_column(),
            Column::First => t.portfolio_first(),
            Column::Last => t.portfolio_last(),
            Column::LastContact => t.cadence_last(),
            Column::Contact => t.portfolio_contact(),
        }
    }

    /// The custom field that it shows.
    pub fn field(self, fields: &[CustomField]) -> Option<&CustomField> {
        let Column::Custom(key) = self else { return None };
        fields.iter().find(|field| field.key == key.as_str())
    }

    /// Whether its values are set flush right.
    pub const fn is_figure(self) -> bool {
        !matches!(
            self,
            Column::Number
                | Column::Source
                | Column::Numbers
                | Column::Name
                | Column::Country
                | Column::PostalCode
                | Column::City
                | Column::Industry
                | Column::Lifecycle
                | Column::Tags
                | Column::Custom(_)
                | Column::Class
                | Column::MarginClass
                | Column::Contact
        )
    }

    /// Whether the first click on its header asks for the largest first.
    pub const fn is_largest_first(self) -> bool {
        self.is_figure() && !matches!(self, Column::Rank | Column::First)
    }

    /// What stands in this column for a row of the valuation.
    pub fn value<'a>(self, source: Source<'a>, index: usize) -> Value<'a> {
        let valuation = source.valuation;
        let (row, account) = (&valuation.rows[index], valuation.account(index));
        let ranked = valuation.ranked_by(Metric::Revenue, index);
        match self {
            Column::Rank => ranked.map_or(Value::Missing, |ranked| Value::Count(ranked.rank as u64)),
            Column::Number => words(account.numbers.first().map(|number| number.number.as_str())),
            Column::Source => words(account.numbers.first().map(|number| number.source.as_str())),
            Column::Numbers => words_owned(further_numbers(&account.numbers)),
            Column::Name => Value::Text(account_name(account).into()),
            Column::Country => words(account.master.country.as_deref()),
            Column::PostalCode => words(account.master.postal_code.as_deref()),
            Column::City => words(account.master.city.as_deref()),
            Column::Industry => words(account.master.industry.as_deref()),
            Column::Lifecycle => Value::Lifecycle(account.master.lifecycle),
            Column::Employees => account.master.employees.map_or(Value::Missing, |employees| Value::Count(employees.into())),
            Column::Tags => words_owned(account.more.tags.to_string()),
            Column::Custom(key) => account.more.custom.get(key.as_str()).map_or(Value::Missing, |value| Value::Custom(value)),
            Column::Revenue => Value::Amount(row.now.revenue),
            Column::Share => ranked.map_or(Value::Missing, |ranked| Value::Share(ranked.share)),
            Column::Cumulative => ranked.map_or(Value::Missing, |ranked| Value::Share(ranked.cumulative_share)),
            Column::Class => ranked.map_or(Value::Missing, |ranked| Value::Class(ranked.class)),
            Column::RevenueBefore => Value::Amount(row.before.revenue),
            Column::Difference => Value::Difference(row.now.revenue - row.before.revenue),
            Column::Growth => Value::Growth(row.growth()),
            Column::Margin => row.now.amount(Metric::Margin).map_or(Value::Missing, Value::Amount),
            Column::MarginRate => row.now.margin_rate().map_or(Value::Missing, Value::Rate),
            Column::MarginClass => valuation.ranked_by(Metric::Margin, index).map_or(Value::Missing, |ranked| Value::Class(ranked.class)),
            Column::Invoices => Value::Count(row.now.invoices.unsigned_abs()),
            Column::First => row.first.map_or(Value::Missing, Value::Day),
            Column::Last => row.last.map_or(Value::Missing, Value::Day),
            Column::LastContact => {
                source.standing(index).and_then(|standing| standing.last).map_or(Value::Missing, |(day, _)| Value::Day(day))
            }
            Column::Contact => source.standing(index).map_or(Value::Missing, Value::Contact),
        }
    }

    /// The same for a reader, who is not told of an amount of zero where nothing was ever booked.
    pub fn shown<'a>(self, source: Source<'a>, index: usize) -> Value<'a> {
        match self.value(source, index) {
            Value::Amount(_) | Value::Difference(_) if !source.is_booked => Value::Missing,
            Value::Count(_) if !source.is_booked && self == Column::Invoices => Value::Missing,
            value => value,
        }
    }

    /// The text of master data that stands in it, whose order the directory knows.
    pub const fn text(self) -> Option<Text> {
        Some(match self {
            Column::Name => Text::Name,
            Column::Number => Text::Number,
            Column::Country => Text::Country,
            Column::PostalCode => Text::PostalCode,
            Column::City => Text::City,
            Column::Industry => Text::Industry,
            _ => return None,
        })
    }

    /// What a row is put in order by; `None`, which comes last either way, where nothing stands in the column.
    pub fn key(self, source: Source<'_>, index: usize) -> Option<Key> {
        self.value(source, index).key()
    }
}

/// All numbers but the first, each after its source.
fn further_numbers(numbers: &[Number]) -> String {
    let further = numbers.iter().skip(1).map(|number| format!("{}:{}", number.source, number.number));
    further.collect::<Vec<_>>().join("; ")
}

fn words(text: Option<&str>) -> Value<'_> {
    text.filter(|text| !text.is_empty()).map_or(Value::Missing, |text| Value::Text(text.into()))
}

fn words_owned(text: String) -> Value<'static> {
    if text.is_empty() { Value::Missing } else { Value::Text(text.into()) }
}

impl FromStr for Column {
    type Err = ();

    fn from_str(name: &str) -> Result<Column, ()> {
        let custom = name.strip_prefix("custom.").and_then(CustomKey::new).map(Column::Custom);
        Column::ALL.into_iter().find(|column| column.name() == name).or(custom).ok_or(())
    }
}

fn custom_cell(t: &Texts, field: Option<&CustomField>, stored: &str) -> Cell {
    match field.map(|field| (field, field.kind)) {
        Some((_, CustomKind::Number)) => stored.parse().map_or_else(|_| stored.into(), Cell::Exact),
        Some((_, CustomKind::Date)) => stored.parse::<NaiveDate>().map_or_else(|_| stored.into(), Cell::Day),
        Some((field, _)) => values::custom_value(t, field, stored).into(),
        None => stored.into(),
    }
}

impl Value<'_> {
    fn key(self) -> Option<Key> {
        // Rates to a billionth; the cast keeps what is beyond within its range.
        let fine = |rate: f64| Key::Number((rate * 1e9) as i64);
        Some(match self {
            Value::Missing | Value::Growth(Growth::None) => return None,
            Value::Text(text) => Key::Text(Folded::new(&[&text])),
            // Days in their stored form are in order as texts are.
            Value::Custom(text) => {
                text.parse::<Amount>().map_or_else(|_| Key::Text(Folded::new(&[text])), |number| Key::Number(number.raw()))
            }
            Value::Lifecycle(lifecycle) => Key::Number(lifecycle as i64),
            Value::Amount(amount) | Value::Difference(amount) => Key::Number(amount.raw()),
            Value::Share(share) | Value::Rate(share) => fine(share),
            Value::Count(count) => Key::Number(i64::try_from(count).unwrap_or(i64::MAX)),
            Value::Class(class) => Key::Number(class.index() as i64),
            Value::Growth(Growth::Rate(rate)) => fine(rate),
            Value::Growth(Growth::New) => Key::Number(i64::MAX),
            Value::Day(day) => Key::Number(i64::from(day.num_days_from_ce())),
            Value::Contact(standing) => {
                let (state, over) = standing.pressing_first();
                // More days than a contact can be old.
                Key::Number(state as i64 * 10_000_000 + over)
            }
        })
    }

    /// In a file, by the words of a language.
    pub fn cell(self, t: &Texts, field: Option<&CustomField>) -> Cell {
        match self {
            Value::Missing | Value::Growth(Growth::New | Growth::None) => Cell::Empty,
            Value::Text(text) => text.as_ref().into(),
            Value::Custom(text) => custom_cell(t, field, text),
            Value::Lifecycle(lifecycle) => values::lifecycle_name(t, lifecycle).into(),
            Value::Amount(amount) | Value::Difference(amount) => amount.into(),
            Value::Share(share) | Value::Rate(share) | Value::Growth(Growth::Rate(share)) => Cell::Share(share),
            Value::Count(count) => Cell::Count(count),
            Value::Class(class) => class.to_string().into(),
            Value::Day(day) => day.into(),
            Value::Contact(standing) => state_name(t, standing.state).into(),
        }
    }

    /// For programs.
    pub fn json(self) -> serde_json::Value {
        match self {
            Value::Missing | Value::Growth(Growth::New | Growth::None) => serde_json::Value::Null,
            Value::Text(text) => text.into(),
            Value::Custom(text) => text.into(),
            Value::Lifecycle(lifecycle) => lifecycle.name().into(),
            Value::Amount(amount) | Value::Difference(amount) => amount.to_string().into(),
            Value::Share(share) | Value::Rate(share) | Value::Growth(Growth::Rate(share)) => share.into(),
            Value::Count(count) => count.into(),
            Value::Class(class) => class.to_string().into(),
            Value::Day(day) => day.to_string().into(),
            Value::Contact(standing) => standing.state.name().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_found_by_its_name() {
        for column in Column::ALL {
            assert_eq!(column.name().parse(), Ok(column));
        }
        assert_eq!("Rank".parse::<Column>(), Err(()));
        let custom: Column = "custom.audit_on".parse().expect("a custom column");
        assert_eq!(custom.name(), "custom.audit_on");
        for wrong in ["custom.", "custom.Ä", "custom.a b", &format!("custom.{}", "x".repeat(41))] {
            assert_eq!(wrong.parse::<Column>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn words_are_in_order_without_regard_to_capitals_and_umlauts() {
        let key = |text: &'static str| Value::Text(text.into()).key();
        assert_eq!(key("Ueberlingen"), key("Überlingen"));
        assert!(key("aachen") < key("Bonn") && key("Öhringen") < key("Oldenburg"));
    }

    #[test]
    fn the_new_are_above_all_rates_and_nothing_is_no_key() {
        let rate = Value::Growth(Growth::Rate(1e30)).key();
        assert!(Value::Growth(Growth::New).key() >= rate && Value::Growth(Growth::None).key().is_none() && Value::Missing.key().is_none());
        assert!(Value::Rate(-0.1).key() < Value::Rate(0.0).key());
    }
}
