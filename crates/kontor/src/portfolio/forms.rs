//! What an address asks of the accounts list: which accounts, in which order, with which columns.

use kontor_domain::abc::Class;
use kontor_domain::account::Lifecycle;
use kontor_domain::bands::{GrowthBand, MarginBand};
use kontor_domain::cadence::State;
use strum::VariantArray;

use super::columns::Column;
use crate::accounts::list::Filter as MasterFilter;
use crate::accounts::search::Search;
use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;
use crate::valuation::forms::{Wanted, WantedQuery};
use crate::web::url;

/// The longest time without a purchase that can be asked for, in days.
const IDLE_DAYS_MAX: u32 = 36_500;

/// The parameters as they stand in the address; empty ones count as absent.
#[derive(Clone, Debug, Default, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Part of a name, number, city or postal code; umlauts either way, a slip of the finger is forgiven.
    pub q: Option<String>,
    /// `A`, `B` or `C` by revenue.
    pub class: Option<String>,
    /// `A`, `B` or `C` by margin.
    pub margin_class: Option<String>,
    /// `up` (by 10 % or more), `steady`, `down`, `new` or `lost`.
    pub growth: Option<String>,
    /// Margin rate: `loss`, `low` (below 10 %), `middle` (below 25 %), `high` or `unknown`.
    pub margin: Option<String>,
    /// The country exactly as the ERP writes it.
    pub country: Option<String>,
    /// The industry exactly as the ERP writes it.
    pub industry: Option<String>,
    /// Only accounts with this tag.
    pub tag: Option<String>,
    /// `prospect`, `active` or `former`.
    pub lifecycle: Option<String>,
    /// The value of a custom field, as `key:value`.
    pub field: Option<String>,
    /// `yes` for archived accounts alone, `all` for them with the others; left out when absent.
    pub archived: Option<String>,
    /// Without a line in the last so many days before the newest one of the ledger.
    pub idle: Option<String>,
    /// How it stands with contact: `overdue`, `never`, `due` or `fine`.
    pub contact: Option<String>,
    /// A column's name, with `-` before it for descending; by revenue, the largest first, when absent.
    pub sort: Option<String>,
    /// Names of columns, separated by commas.
    pub columns: Option<String>,
    /// `last12`, `all`, `2025`, `fy2025`, `2025-01-01..2025-06-30`; the setting when absent.
    pub period: Option<String>,
    /// First day of a period of one's own, ISO 8601; with `to`, instead of `period`.
    pub from: Option<String>,
    /// Last day of that period.
    pub to: Option<String>,
    /// Where A and B end, in percent: `80,95`; the setting when absent.
    pub thresholds: Option<String>,
    /// What counts as one customer: `account` or `group` (all under common control); the setting when absent.
    pub level: Option<String>,
    /// The day whose corporate groups count, ISO 8601; today when absent.
    pub as_of: Option<String>,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// The largest first.
    pub is_descending: bool,
}

impl Sort {
    /// As it stands in an address.
    pub fn parameter(self) -> String {
        format!("{}{}", if self.is_descending { "-" } else { "" }, self.column.name())
    }
}

/// Which accounts.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What is looked for.
    pub search: Option<Search>,
    /// The class by revenue.
    pub class: Option<Class>,
    /// The class by margin.
    pub margin_class: Option<Class>,
    /// The change of revenue.
    pub growth: Option<GrowthBand>,
    /// The margin rate.
    pub margin: Option<MarginBand>,
    /// The country.
    pub country: Option<String>,
    /// The industry.
    pub industry: Option<String>,
    /// Tag, stage and archived ones.
    pub master: MasterFilter,
    /// The value of a custom field.
    pub field: Option<(String, String)>,
    /// Without a line in the last so many days.
    pub idle_days: Option<u32>,
    /// How it stands with contact.
    pub contact: Option<State>,
}

/// What is asked of the list.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Over which period, with which thresholds.
    pub wanted: Wanted,
    /// Which accounts.
    pub filter: Filter,
    /// In which order; by how well they fit, then by revenue, when absent.
    pub sort: Option<Sort>,
    /// Which columns; the viewer's own choice when absent.
    pub columns: Option<Vec<Column>>,
}

impl ListQuery {
    /// The parameters of an address or form; a box for each column makes `columns` come several times. What the list does not know is passed over.
    pub fn of(pairs: Vec<(String, String)>) -> ListQuery {
        let mut query = ListQuery::default();
        for (name, value) in pairs {
            match (name.as_str(), &mut query.columns) {
                ("columns", Some(columns)) => *columns = format!("{columns},{value}"),
                (name, _) => {
                    if let Some((_, field)) = query.fields_mut().into_iter().find(|(known, _)| *known == name) {
                        *field = Some(value);
                    }
                }
            }
        }
        query
    }

    /// All parameters by name, in the order in which they stand in addresses.
    fn fields_mut(&mut self) -> [(&'static str, &mut Option<String>); 21] {
        [
            ("q", &mut self.q),
            ("class", &mut self.class),
            ("margin_class", &mut self.margin_class),
            ("growth", &mut self.growth),
            ("margin", &mut self.margin),
            ("country", &mut self.country),
            ("industry", &mut self.industry),
            ("tag", &mut self.tag),
            ("lifecycle", &mut self.lifecycle),
            ("field", &mut self.field),
            ("archived", &mut self.archived),
            ("idle", &mut self.idle),
            ("contact", &mut self.contact),
            ("period", &mut self.period),
            ("from", &mut self.from),
            ("to", &mut self.to),
            ("thresholds", &mut self.thresholds),
            ("level", &mut self.level),
            ("as_of", &mut self.as_of),
            ("sort", &mut self.sort),
            ("columns", &mut self.columns),
        ]
    }

    /// Checks all parameters.
    pub fn parse(&self) -> Result<Selection, Fault> {
        let mut errors = Vec::new();
        let classes = ["A", "B", "C"];
        let lifecycles: Vec<&str> = Lifecycle::VARIANTS.iter().map(|stage| stage.name()).collect();
        let class = |text: &str| Class::ALL.into_iter().find(|class| class.to_string() == text);
        let growth = |name: &str| GrowthBand::ALL.into_iter().find(|band| band.name() == name);
        let margin = |name: &str| MarginBand::ALL.into_iter().find(|band| band.name() == name);
        let idle = |text: &str| text.parse().ok().filter(|days| (1..=IDLE_DAYS_MAX).contains(days));
        let field = |text: &str| text.split_once(':').map(|(key, value)| (key.to_owned(), value.to_owned()));
        let filter = Filter {
            search: self.q.as_deref().and_then(Search::new),
            class: chosen("class", &self.class, &classes, class, &mut errors),
            margin_class: chosen("margin_class", &self.margin_class, &classes, class, &mut errors),
            growth: chosen("growth", &self.growth, &GrowthBand::ALL.map(GrowthBand::name), growth, &mut errors),
            margin: chosen("margin", &self.margin, &MarginBand::ALL.map(MarginBand::name), margin, &mut errors),
            country: given(&self.country).map(str::to_owned),
            industry: given(&self.industry).map(str::to_owned),
            master: MasterFilter {
                tag: given(&self.tag).map(str::to_owned),
                lifecycle: chosen("lifecycle", &self.lifecycle, &lifecycles, |name| name.parse().ok(), &mut errors),
                archived: chosen("archived", &self.archived, &["no", "yes", "all"], |name| name.parse().ok(), &mut errors)
                    .unwrap_or_default(),
                ..MasterFilter::default()
            },
            field: chosen("field", &self.field, &[], field, &mut errors),
            idle_days: chosen("idle", &self.idle, &[], idle, &mut errors),
            contact: chosen("contact", &self.contact, &State::ALL.map(State::name), |name| name.parse().ok(), &mut errors),
        };
        let sort = chosen("sort", &self.sort, &[], parse_sort, &mut errors);
        let columns = chosen("columns", &self.columns, &[], parse_columns, &mut errors);
        match keep_all(self.wanted().parse(), &mut errors)? {
            Some(wanted) if errors.is_empty() => Ok(Selection { wanted, filter, sort, columns }),
            _ => Err(Fault::Invalid(errors)),
        }
    }

    /// The same without one of the parameters; one of two days says nothing without the other.
    pub fn without(&mut self, field: &str) {
        let fields: &[&str] = if matches!(field, "from" | "to") { &["from", "to"] } else { &[field] };
        for (_, value) in self.fields_mut().into_iter().filter(|(name, _)| fields.contains(name)) {
            *value = None;
        }
    }

    /// What is asked about the figures.
    pub fn wanted(&self) -> WantedQuery {
        WantedQuery {
            period: self.period.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            metric: None,
            thresholds: self.thresholds.clone(),
            level: self.level.clone(),
            as_of: self.as_of.clone(),
        }
    }

    /// The parameters that ask for the same again, in their order, with some of them changed; an empty value leaves one out.
    pub fn parameters(&self, changed: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        let mut query = self.clone();
        let unchanged = query.fields_mut().into_iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        let mut parameters: Vec<(&'static str, String)> =
            unchanged.filter_map(|(name, value)| Some((name, given(value)?.to_owned()))).collect();
        parameters.extend(changed.iter().filter(|(_, value)| !value.is_empty()).map(|&(name, value)| (name, value.to_owned())));
        parameters
    }
}

impl ListQuery {
    /// What stands behind the `?` of an address that asks for this.
    pub fn to_address(&self) -> String {
        url::with_query("", &self.parameters(&[])).trim_start_matches('?').to_owned()
    }
}

fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// A choice by name, of which all are known or none; one that does not exist is an error at its field.
fn chosen<T>(
    field: &'static str,
    text: &Option<String>,
    choices: &[&str],
    read: impl Fn(&str) -> Option<T>,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let wrong = || FieldError::new(field, |t| t.portfolio_filter_wrong());
    keep(read(given(text)?).ok_or_else(|| if choices.is_empty() { wrong() } else { wrong().one_of(choices) }), errors)
}

/// What was read, or all of its errors added to these; other faults are passed on.
fn keep_all<T>(read: Result<T, Fault>, errors: &mut Vec<FieldError>) -> Result<Option<T>, Fault> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Fault::Invalid(more)) => {
            errors.extend(more);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

fn parse_sort(text: &str) -> Option<Sort> {
    let (is_descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
    Some(Sort { column: name.parse().ok()?, is_descending })
}

/// Columns by name, in the order in which they stand on the page; the name is always among them.
pub fn parse_columns(text: &str) -> Option<Vec<Column>> {
    let wanted: Vec<Column> = text.split(',').map(str::trim).map(|name| name.parse().ok()).collect::<Option<_>>()?;
    let custom = wanted.iter().copied().filter(|column| matches!(column, Column::Custom(_)));
    let mut columns: Vec<Column> =
        Column::ALL.into_iter().filter(|column| *column == Column::Name || wanted.contains(column)).chain(custom).collect();
    columns.dedup();
    Some(columns)
}

/// Columns as they stand in an address.
pub fn column_names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> ListQuery {
        ListQuery::of(pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn wrong_fields(pairs: &[(&str, &str)]) -> Vec<String> {
        match query(pairs).parse() {
            Err(Fault::Invalid(errors)) => errors.into_iter().map(|error| error.field.into_owned()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn all_wrong_choices_are_told_at_once() {
        let pairs = [
            ("class", "D"),
            ("growth", "much"),
            ("idle", "0"),
            ("contact", "soon"),
            ("sort", "-size"),
            ("columns", "name,shoe"),
            ("period", "soon"),
        ];
        assert_eq!(wrong_fields(&pairs), ["class", "growth", "idle", "contact", "sort", "columns", "period"]);
        assert_eq!(
            wrong_fields(&[("margin_class", "a"), ("margin", "-1"), ("thresholds", "95,80")]),
            ["margin_class", "margin", "thresholds"]
        );
    }

    #[test]
    fn empty_parameters_count_as_absent() {
        let selection = query(&[("q", " "), ("class", ""), ("sort", ""), ("columns", " "), ("idle", " ")]).parse().expect("fine");
        assert!(selection.filter.search.is_none() && selection.filter.class.is_none() && selection.filter.idle_days.is_none());
        assert!(selection.sort.is_none() && selection.columns.is_none());
    }

    #[test]
    fn columns_come_ticked_one_by_one_or_in_a_list_and_keep_the_pages_order() {
        let expected = [Column::Rank, Column::Name, Column::Revenue];
        for pairs in [&[("columns", "revenue"), ("columns", "rank")][..], &[("columns", "revenue, rank,name")]] {
            assert_eq!(query(pairs).parse().expect("fine").columns.as_deref(), Some(&expected[..]), "{pairs:?}");
        }
        assert_eq!(column_names(&expected), "rank,name,revenue");
    }

    #[test]
    fn a_sort_is_read_as_it_is_written() {
        for text in ["name", "-revenue"] {
            assert_eq!(query(&[("sort", text)]).parse().expect("fine").sort.expect("a sort").parameter(), text);
        }
    }

    #[test]
    fn an_address_is_kept_but_for_what_changes() {
        let query = query(&[("class", "A"), ("q", "elbe"), ("class", "B"), ("unknown", "x"), ("sort", "name")]);
        assert_eq!(query.parameters(&[("sort", "-name"), ("class", "")]), [("q", "elbe".to_owned()), ("sort", "-name".to_owned())]);
        assert_eq!(query.parameters(&[]).iter().find(|(name, _)| *name == "class").map(|(_, value)| value.as_str()), Some("B"));
    }
}
