//! The accounts list.

use kontor_domain::Amount;
use kontor_domain::abc::Class;
use kontor_domain::account::Lifecycle;
use kontor_domain::account::custom::{CustomField, CustomKind};
use kontor_domain::bands::{GrowthBand, MarginBand};
use kontor_domain::cadence::State;
use kontor_domain::rights::Right;
use kontor_domain::view::List as ListName;
use maud::{Markup, html};
use strum::VariantArray;

use super::PAGE;
use crate::accounts::pages::{name, values};
use crate::audit::details::field_name;
use crate::cadence::pages::{state_badge, state_name};
use crate::fault::FieldError;
use crate::portfolio::columns::{Column, CustomKey, Source, Value};
use crate::portfolio::forms::{ListQuery, Selection, Sort};
use crate::valuation::forms::WantedQuery;
use crate::valuation::pages::frame::{self, Selectors};
use crate::valuation::table::Valuation;
use crate::views;
use crate::views::store::View;
use crate::web::components::{class_badge, delta, headline, link_button, pagination};
use crate::web::context::Page;
use crate::web::filter;
use crate::web::url;

/// The parameters that filter.
const FILTERS: [&str; 13] =
    ["q", "class", "margin_class", "growth", "margin", "country", "industry", "tag", "lifecycle", "field", "archived", "idle", "contact"];
/// Those of them that are always shown; the others wait behind a fold until they are asked for.
const AT_HAND: [&str; 4] = ["q", "class", "growth", "contact"];
/// Times without a purchase to choose from, in days.
const IDLE_DAYS: [u32; 4] = [90, 180, 365, 730];

/// One page of the list.
pub struct List<'a> {
    /// Who looks.
    pub page: &'a Page,
    /// What the rows are made of.
    pub source: Source<'a>,
    /// The figures.
    pub valuation: &'a Valuation,
    /// What was asked for, as it stands in the address.
    pub query: &'a ListQuery,
    /// What was typed about the figures.
    pub typed: &'a WantedQuery,
    /// What is wrong with what was asked for; the list is without it.
    pub errors: &'a [FieldError],
    /// The same, read.
    pub selection: &'a Selection,
    /// The columns shown.
    pub columns: &'a [Column],
    /// The custom fields of the house.
    pub fields: &'a [CustomField],
    /// How many accounts fit.
    pub count: usize,
    /// How many of them have an invoice in the period.
    pub buying: usize,
    /// What they bring together.
    pub revenue: Amount,
    /// The views that are saved of this list.
    pub views: &'a [View],
    /// The rows of this page.
    pub rows: Vec<usize>,
    /// Which page it is, from 1.
    pub number: usize,
}

impl List<'_> {
    /// The main part of the page.
    pub fn main(&self) -> Markup {
        let (t, keep) =
            (self.page.t(), self.query.parameters(&["period", "from", "to", "thresholds", "level", "as_of"].map(|name| (name, ""))));
        let offered = Selectors {
            path: url::ACCOUNTS,
            keep: &keep,
            has_metric: false,
            has_thresholds: false,
            typed: self.typed,
            errors: self.errors,
        };
        html! {
            (headline(&[], self.finding(), self.sub(), self.actions()))
            (views::pages::bar(self.page, ListName::Accounts, self.views, &self.query.to_address()))
            @if self.source.is_booked { (frame::selectors(self.page, self.valuation, &self.selection.wanted, &offered)) }
            @else { (filter::errors(t, self.errors)) }
            (self.filter())
            (frame::notices(self.page, self.valuation))
            @if self.rows.is_empty() { p.quiet { @if self.count == 0 { (t.portfolio_none()) } @else { (t.portfolio_no_such_page()) } } }
            @else { (self.table()) (self.pages()) }
        }
    }

    fn sub(&self) -> Markup {
        if self.source.is_booked {
            frame::sub(self.page, self.valuation)
        } else {
            html! { (self.page.t().portfolio_unbooked()) }
        }
    }

    fn finding(&self) -> String {
        let (t, total) = (self.page.t(), self.valuation.rows.len());
        let amount = self.page.locale().compact(self.revenue, self.valuation.asked.currency);
        let share = self.page.locale().percent(self.revenue.share_of(self.valuation.total.revenue), 0);
        match self.count {
            0 => t.portfolio_found_none(total),
            count if !self.source.is_booked => t.portfolio_found_unbooked(count),
            count if self.buying == 0 => t.portfolio_found_idle(count, total),
            count if count == total && self.buying == total => t.portfolio_found_all(total, amount),
            count if count == total => t.portfolio_found_buying(self.buying, total, amount),
            count if self.buying == count => t.portfolio_found(count, total, amount, share),
            count => t.portfolio_found_partly(count, total, self.buying, amount, share),
        }
    }

    fn address(&self, path: &str, changed: &[(&'static str, &str)]) -> String {
        url::with_query(path, &self.query.parameters(changed))
    }

    fn actions(&self) -> Markup {
        let may_edit = self.page.viewer.may(Right::EditAccounts);
        let t = self.page.t();
        html! {
            @if !self.source.is_booked && self.page.viewer.may(Right::Import) { (link_button(url::NEW_IMPORT, &t.valuation_empty_do(), false)) }
            @if may_edit { a.button.button--main href=(url::NEW_ACCOUNT) { (t.accounts_new_title()) } }
            (self.column_choice())
            @if self.page.viewer.may(Right::Export) {
                a.button href=(self.address("/accounts.csv", &[])) { "CSV" }
                a.button href=(self.address("/accounts.xlsx", &[])) { "XLSX" }
            }
            @if may_edit { a.button href=(url::DUPLICATES) { (t.duplicates_title()) } }
        }
    }

    /// Boxes for all columns; they are shown once, or remembered as what the list begins with.
    fn column_choice(&self) -> Markup {
        let t = self.page.t();
        html! {
            details.picker {
                summary.button { (t.portfolio_columns()) }
                form.picker__panel action=(url::ACCOUNTS) {
                    (frame::hidden_inputs(&self.query.parameters(&[("columns", "")])))
                    input type="hidden" name="columns" value="name";
                    div.picker__choices { @for column in self.offered() {
                        label { input type="checkbox" name="columns" value=(column.name()) checked[self.columns.contains(&column)]; (column.label(t, self.fields)) }
                    } }
                    div.actions {
                        button.button.button--main { (t.valuation_show()) }
                        @if self.page.viewer.may(Right::OwnProfile) {
                            button.button formmethod="post" formaction=(url::ACCOUNT_COLUMNS) { (t.portfolio_columns_remember()) }
                        }
                    }
                }
            }
        }
    }

    fn filter(&self) -> Markup {
        let (t, query) = (self.page.t(), self.query);
        let directory = &self.valuation.directory;
        let classes: Vec<(String, String)> = Class::ALL.iter().map(|class| (class.to_string(), class.to_string())).collect();
        let growths =
            GrowthBand::ALL.map(|band| (band.name().to_owned(), t.by_key(&format!("growth-{}", band.name())).unwrap_or_default()));
        let margins =
            MarginBand::ALL.map(|band| (band.name().to_owned(), t.by_key(&format!("margin-{}", band.name())).unwrap_or_default()));
        let own = |values: &[String]| values.iter().map(|value| (value.clone(), value.clone())).collect::<Vec<_>>();
        let idle: Vec<(String, String)> =
            self.idle_days().into_iter().map(|days| (days.to_string(), t.portfolio_idle_days(days))).collect();
        let lifecycles: Vec<(String, String)> =
            Lifecycle::VARIANTS.iter().map(|&stage| (stage.name().to_owned(), values::lifecycle_name(t, stage))).collect();
        let contacts = State::ALL.map(|state| (state.name().to_owned(), state_name(t, state)));
        let choices = self.field_choices();
        let archived = [("yes".to_owned(), t.portfolio_archived_alone()), ("all".to_owned(), t.portfolio_archived_too())];
        let asked = query.parameters(&[]);
        let is_filtered = asked.iter().any(|(name, _)| FILTERS.contains(name));
        let is_folded = asked.iter().any(|(name, _)| FILTERS.contains(name) && !AT_HAND.contains(name));
        html! {
            form.filter action=(url::ACCOUNTS) data-auto-submit {
                @for name in ["period", "from", "to", "thresholds", "level", "as_of", "sort", "columns"] {
                    (frame::hidden_inputs(&query.parameters(&[]).into_iter().filter(|(known, _)| *known == name).collect::<Vec<_>>()))
                }
                label { (t.portfolio_search()) input type="search" name="q" value=(query.q.as_deref().unwrap_or_default()) autocomplete="off"; }
                (self.choice("class", t.portfolio_class(), &classes, &query.class))
                (self.choice("growth", t.valuation_growth(), &growths, &query.growth))
                (self.choice("contact", t.portfolio_contact(), &contacts, &query.contact))
                details.filter__more open[is_folded] {
                    summary { (t.portfolio_more_filters()) }
                    div.filter {
                        (self.choice("margin_class", t.portfolio_margin_class(), &classes, &query.margin_class))
                        (self.choice("margin", t.valuation_margin_rate(), &margins, &query.margin))
                        @if directory.countries().len() > 1 { (self.choice("country", t.portfolio_country(), &own(directory.countries()), &query.country)) }
                        @if directory.industries().len() > 1 { (self.choice("industry", t.portfolio_industry(), &own(directory.industries()), &query.industry)) }
                        @if !directory.tags().is_empty() { (self.choice("tag", field_name(t, "tags"), &own(directory.tags()), &query.tag)) }
                        (self.choice("lifecycle", field_name(t, "lifecycle"), &lifecycles, &query.lifecycle))
                        @if !choices.is_empty() { (self.choice("field", t.accounts_fields(), &choices, &query.field)) }
                        (self.choice("idle", t.portfolio_idle(), &idle, &query.idle))
                        (self.choice("archived", t.portfolio_archived(), &archived, &query.archived))
                    }
                }
                button.button { (t.valuation_show()) }
                @if is_filtered { a.filter__reset href=(self.unfiltered()) { (t.portfolio_reset()) } }
            }
        }
    }

    /// The columns to choose from.
    fn offered(&self) -> impl Iterator<Item = Column> {
        let custom = self.fields.iter().filter_map(|field| CustomKey::new(&field.key)).map(Column::Custom);
        Column::ALL.into_iter().filter(|column| *column != Column::Name).chain(custom)
    }

    /// The values of custom fields to filter by.
    fn field_choices(&self) -> Vec<(String, String)> {
        let t = self.page.t();
        let values = |field: &CustomField| match field.kind {
            CustomKind::Choice => field.choices.iter().map(|choice| choice.de.clone()).collect(),
            CustomKind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
            _ => Vec::new(),
        };
        let of = |field: &CustomField| {
            let said = |value: String| {
                let text = format!("{}: {}", field.label(t.language()), values::custom_value(t, field, &value));
                (format!("{}:{value}", field.key), text)
            };
            values(field).into_iter().map(said).collect::<Vec<_>>()
        };
        let mut choices: Vec<(String, String)> = self.fields.iter().flat_map(of).collect();
        // What was asked for by its address is among them.
        choices.extend(
            self.query
                .field
                .iter()
                .filter(|asked| !choices.iter().any(|(value, _)| value == *asked))
                .map(|asked| (asked.clone(), asked.clone()))
                .collect::<Vec<_>>(),
        );
        choices
    }

    /// The times offered, and the one asked for where it is another.
    fn idle_days(&self) -> Vec<u32> {
        let mut days: Vec<u32> = IDLE_DAYS.into_iter().chain(self.selection.filter.idle_days).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn unfiltered(&self) -> String {
        let none = FILTERS.map(|name| (name, ""));
        self.address(url::ACCOUNTS, &none)
    }

    fn choice(&self, name: &str, label: String, choices: &[(String, String)], chosen: &Option<String>) -> Markup {
        let chosen = chosen.as_deref().unwrap_or_default();
        html! {
            label { (label) select name=(name) {
                option value="" { (self.page.t().portfolio_any()) }
                @for (value, text) in choices { option value=(value) selected[value == chosen] { (text) } }
            } }
        }
    }

    fn table(&self) -> Markup {
        html! {
            @if self.page.viewer.may(Right::EditAccounts) {
                // The boxes belong to this form, which stands apart so that the table may hold links and forms of its own.
                form #bulk.bulk action="/accounts/bulk" {
                    input type="hidden" name="next" value=(self.address(url::ACCOUNTS, &[]));
                    button.button { (self.page.t().accounts_bulk_selected()) }
                }
            }
            div.scroll { table.table {
                thead { tr {
                    @if self.page.viewer.may(Right::EditAccounts) { th.select { span.hidden { (self.page.t().accounts_bulk_select()) } } }
                    @for &column in self.columns { (self.header(column)) }
                } }
                tbody { @for &index in &self.rows { tr { (self.select(index)) @for &column in self.columns { (self.cell(column, index)) } } } }
            } }
        }
    }

    /// A box that selects the account of a row.
    fn select(&self, index: usize) -> Markup {
        let account = self.valuation.account(index);
        html! {
            @if self.page.viewer.may(Right::EditAccounts) {
                td.select { input type="checkbox" name="account" value=(account.id) form="bulk" aria-label=(self.page.t().accounts_bulk_select_one(name(account))); }
            }
        }
    }

    /// A header that asks for the list sorted by its column, or, where it is so already, the other way round.
    fn header(&self, column: Column) -> Markup {
        // Without a sort and a search the list is by revenue.
        let usual = Sort { column: Column::Revenue, is_descending: true };
        let sort = self.selection.sort.or(self.selection.filter.search.is_none().then_some(usual));
        let present = sort.filter(|sort| sort.column == column);
        let is_descending = present.map_or(column.is_largest_first(), |sort| !sort.is_descending);
        let order = present.map(|sort| if sort.is_descending { "descending" } else { "ascending" });
        let href = self.address(url::ACCOUNTS, &[("sort", &Sort { column, is_descending }.parameter())]);
        html! {
            th.num[column.is_figure()].minor[column == Column::Rank].pin[column == Column::Name] scope="col" aria-sort=[order] { a href=(href) { (column.label(self.page.t(), self.fields)) } }
        }
    }

    fn cell(&self, column: Column, index: usize) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let value = column.shown(self.source, index);
        if column == Column::Name {
            return html! { td.pin { (frame::link(t, self.valuation, index)) (self.page.context.marks.badge(t, self.valuation.account(index).id)) } };
        }
        html! {
            td.num[column.is_figure()].minor[column == Column::Rank].quiet[column == Column::Rank] {
                @match value {
                    Value::Missing => span.quiet { "–" },
                    Value::Text(text) => (text),
                    Value::Custom(text) => @match column.field(self.fields) { Some(field) => (values::custom_value(t, field, text)), None => (text) },
                    Value::Lifecycle(lifecycle) => (values::lifecycle_name(t, lifecycle)),
                    Value::Amount(amount) => (locale.amount(amount)),
                    Value::Difference(amount) => span.gain[amount.is_positive()].loss[amount.is_negative()] { (locale.difference(amount)) },
                    Value::Share(share) => (locale.percent(share, 1)),
                    Value::Rate(rate) => span.loss[rate < 0.0] { (locale.percent(rate, 1)) },
                    Value::Count(count) => (locale.integer(count)),
                    Value::Class(class) => (class_badge(class)),
                    Value::Growth(growth) => (delta(t, locale, growth)),
                    Value::Day(day) => (locale.date(day)),
                    Value::Contact(standing) => (state_badge(t, &standing)),
                }
            }
        }
    }

    fn pages(&self) -> Markup {
        let first = (self.number - 1) * PAGE;
        let page = |number: usize| self.address(url::ACCOUNTS, &[("page", &number.to_string())]);
        let before = (self.number > 1).then(|| page(self.number - 1));
        let after = (first + PAGE < self.count).then(|| page(self.number + 1));
        pagination(self.page.t(), self.page.locale(), first + 1, first + self.rows.len(), self.count, before, after)
    }
}
