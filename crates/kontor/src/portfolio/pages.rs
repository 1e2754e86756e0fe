//! The start page and the accounts list.

use axum::extract::State;
use kontor_domain::Month;
use kontor_domain::abc::{Class, Metric};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use crate::accounts::search::Search;
use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::{Cell, Sheet};
use crate::valuation::actions;
use crate::valuation::export::{self, Format};
use crate::valuation::forms::WantedQuery;
use crate::valuation::pages::frame::{self, Selectors};
use crate::valuation::pages::parts;
use crate::valuation::table::{SumsExt, Valuation};
use crate::web::charts::{MonthPoint, MonthsChart, Room, months};
use crate::web::components::{Figure, class_badge, delta, figures, headline, pagination, section};
use crate::web::context::{Page, Query};
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// How many accounts the start page lists.
const LARGEST: usize = 10;
/// How many movers the start page lists.
const MOVERS: usize = 8;
/// How many accounts a page of the list has.
const PAGE: usize = 50;
/// How many months the chart shows.
const MONTHS: i32 = 36;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeFigures), "/", home)
        .get(Guard::Needs(Right::SeeFigures), "/accounts", index)
        .get(Guard::Needs(Right::Export), "/accounts.csv", csv)
        .get(Guard::Needs(Right::Export), "/accounts.xlsx", xlsx)
}

async fn home(State(office): State<Office>, page: Page, Query(query): Query<WantedQuery>) -> Result<Markup, Fault> {
    let wanted = query.parse()?;
    let t = page.t();
    let Some(valuation) = actions::value(&office, &page.viewer, &page.settings, &wanted).await? else {
        return Ok(frame::empty(&page, &t.nav_home()));
    };
    let offered = Selectors { path: url::HOME, keep: &[], has_metric: false, has_thresholds: false };
    let movers = valuation.movers();
    let main = html! {
        (headline(&[], html! { (frame::lede(t, &valuation)) }, frame::sub(&page, &valuation), ""))
        (frame::selectors(&page, &valuation, &wanted, &offered))
        (key_figures(&page, &valuation))
        (frame::notices(&page, &valuation))
        div.columns {
            (section(12, &parts::pareto_finding(t, &valuation), html! { a href=(url::ABC) { (t.nav_valuation()) } }, parts::pareto_chart(&page, &valuation)))
            (section(8, &t.portfolio_largest(), html! { a href=(url::ACCOUNTS) { (t.portfolio_all(valuation.rows.len())) } }, table(&page, &valuation, &largest(&valuation))))
            (section(4, &parts::concentration_finding(t, &valuation), "", parts::concentration_strip(&page, &valuation)))
            (section(12, &t.portfolio_months(), "", months_region(&page, &valuation)))
            @if !movers.is_empty() {
                (section(12, &parts::movers_finding(t, &movers), "", parts::movers_table(&page, &valuation, &movers[..movers.len().min(MOVERS)])))
            }
        }
    };
    Ok(page.render(&t.nav_home(), main))
}

fn largest(valuation: &Valuation) -> Vec<usize> {
    valuation.by_revenue.iter().take(LARGEST).map(|ranked| ranked.index).collect()
}

fn key_figures(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale, currency) = (page.t(), page.locale(), valuation.asked.currency);
    let concentration = valuation.concentration();
    let margin = valuation.total.margin().map_or_else(|| "–".to_owned(), |margin| locale.compact(margin, currency));
    let rate = valuation.total.margin_rate().map_or_else(String::new, |rate| t.portfolio_of_revenue(locale.percent(rate, 1)));
    figures(&[
        Figure::new(
            t.valuation_revenue(),
            locale.compact(valuation.total.revenue, currency),
            html! { (delta(t, locale, valuation.growth())) " " (t.portfolio_against_before()) },
        ),
        Figure::new(t.valuation_margin(), margin, rate),
        Figure::new(t.nav_accounts(), locale.integer(valuation.ranking.len() as i64), t.portfolio_invoices(valuation.total.invoices)),
        Figure::new(
            t.valuation_strip_largest(),
            locale.percent(concentration.top1_share, 1),
            html! { "HHI " (locale.decimal((concentration.hhi * 1000.0).round() / 1000.0)) },
        )
        .warning(concentration.top1_share >= kontor_domain::concentration::MAJOR_SHARE),
        Figure::new(t.portfolio_newest(), locale.date(valuation.as_of), html! { a href=(url::IMPORTS) { (t.nav_ledger()) } }),
    ])
}

fn months_region(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let last = Month::of(valuation.as_of);
    let first = Month::of(valuation.span.from()).max(last.plus(1 - MONTHS));
    let sums = |month: Month| valuation.months.iter().find(|sums| sums.month == month).map(|sums| sums.sums);
    let points: Vec<MonthPoint> = (first.index()..=last.index())
        .map(Month::from_index)
        .map(|month| MonthPoint {
            month,
            revenue: sums(month).map(|sums| sums.revenue).unwrap_or_default(),
            margin: sums(month).and_then(|sums| sums.margin()),
            before: None,
        })
        .collect();
    let label = t.portfolio_months();
    let chart = MonthsChart {
        label: &label,
        points: &points,
        current_from: Month::of(valuation.period.from()),
        currency: valuation.asked.currency,
        room: Room::Full,
    };
    html! {
        (months(&chart, t))
        details.figures-table {
            summary { (t.web_table()) }
            div.scroll { table.table.table--tight {
                thead { tr { th { (t.portfolio_month()) } th.num { (t.valuation_revenue()) } th.num { (t.valuation_margin()) } } }
                tbody { @for point in points.iter().rev() { tr {
                    td { (locale.month(point.month)) } td.num { (locale.amount(point.revenue)) }
                    td.num { @match point.margin { Some(margin) => (locale.amount(margin)), None => "–" } }
                } } }
            } }
        }
    }
}

fn table(page: &Page, valuation: &Valuation, indices: &[usize]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        div.scroll { table.table {
            thead { tr {
                th.num { (t.valuation_rank()) } th { (t.valuation_account()) } th.num { (t.valuation_revenue()) } th.num { (t.valuation_share()) }
                th.num { (t.valuation_margin_rate()) } th.num { (t.valuation_growth()) } th { (t.valuation_class()) }
            } }
            tbody { @for &index in indices {
                @let row = &valuation.rows[index];
                @let ranked = valuation.ranked(index);
                tr {
                    td.num.quiet { @if let Some(ranked) = ranked { (ranked.rank) } }
                    td { (frame::link(t, valuation, index)) }
                    td.num { (locale.amount(row.now.revenue)) }
                    td.num { @if let Some(ranked) = ranked { (locale.percent(ranked.share, 1)) } }
                    td.num { @match row.now.margin_rate() { Some(rate) => span.loss[rate < 0.0] { (locale.percent(rate, 1)) }, None => "–" } }
                    td.num { (delta(t, locale, row.growth())) }
                    td { @if let Some(ranked) = ranked { (class_badge(ranked.class)) } }
                }
            } }
        } }
    }
}

/// What is asked of the list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    q: String,
    class: String,
    sort: String,
    page: usize,
    period: Option<String>,
    metric: Option<String>,
    thresholds: Option<String>,
    level: Option<String>,
    as_of: Option<String>,
}

impl ListQuery {
    fn wanted(&self) -> WantedQuery {
        WantedQuery {
            period: self.period.clone(),
            metric: self.metric.clone(),
            thresholds: self.thresholds.clone(),
            level: self.level.clone(),
            as_of: self.as_of.clone(),
            ..WantedQuery::default()
        }
    }

    /// The rows that fit, in the order asked for.
    fn rows(&self, valuation: &Valuation) -> Result<Vec<usize>, Fault> {
        let wrong = |field| Err(Fault::field(field, |t| t.portfolio_filter_wrong()));
        let class = match self.class.as_str() {
            "" => None,
            text => match Class::ALL.into_iter().find(|class| class.to_string() == text) {
                Some(class) => Some(class),
                None => return wrong("class"),
            },
        };
        let search = Search::new(&self.q);
        let mut found: Vec<(u32, usize)> = (0..valuation.rows.len())
            .filter(|&index| class.is_none() || valuation.class(index) == class)
            .filter_map(|index| search.as_ref().map_or(Some(0), |search| valuation.fits(index, search)).map(|fit| (fit, index)))
            .collect();
        let name = |index: usize| frame::account_name(valuation.account(index));
        match self.sort.as_str() {
            "" | "revenue" => found.sort_by_key(|&(fit, index)| (fit, std::cmp::Reverse(valuation.rows[index].now.revenue), index)),
            "margin" => found.sort_by_key(|&(fit, index)| (fit, std::cmp::Reverse(valuation.rows[index].now.margin()), index)),
            "name" => found.sort_by(|&(a, x), &(b, y)| (a, name(x)).cmp(&(b, name(y)))),
            _ => return wrong("sort"),
        }
        Ok(found.into_iter().map(|(_, index)| index).collect())
    }

    fn address(&self, path: &str, sort: &str, page: usize) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        let [period, metric, level, as_of] = [&self.period, &self.metric, &self.level, &self.as_of].map(given);
        let own = [("q", self.q.as_str()), ("class", &self.class), ("sort", sort), ("page", &page)];
        let wanted = [("period", period.as_str()), ("metric", &metric), ("level", &level), ("as_of", &as_of)];
        let parameters: Vec<(&str, &str)> = own.into_iter().chain(wanted).collect();
        url::with_query(path, &parameters)
    }
}

async fn index(State(office): State<Office>, page: Page, Query(query): Query<ListQuery>) -> Result<Markup, Fault> {
    let wanted = query.wanted().parse()?;
    let t = page.t();
    let Some(valuation) = actions::value(&office, &page.viewer, &page.settings, &wanted).await? else {
        return Ok(frame::empty(&page, &t.nav_accounts()));
    };
    let rows = query.rows(&valuation)?;
    Ok(page.render(&t.nav_accounts(), list_page(&page, &valuation, &query, &rows)))
}

fn list_page(page: &Page, valuation: &Valuation, query: &ListQuery, rows: &[usize]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let first = (query.page * PAGE).min(rows.len());
    let last = (first + PAGE).min(rows.len());
    let before = (query.page > 0).then(|| query.address(url::ACCOUNTS, &query.sort, query.page - 1));
    let after = (last < rows.len()).then(|| query.address(url::ACCOUNTS, &query.sort, query.page + 1));
    html! {
        (headline(&[], t.portfolio_found(rows.len(), valuation.rows.len()), frame::sub(page, valuation), html! {
            @if page.viewer.may(Right::Export) {
                a.button href=(query.address("/accounts.csv", &query.sort, 0)) { "CSV" }
                a.button href=(query.address("/accounts.xlsx", &query.sort, 0)) { "XLSX" }
            }
        }))
        form.filter action=(url::ACCOUNTS) data-auto-submit {
            label { (t.portfolio_search()) input type="search" name="q" value=(query.q); }
            label { (t.valuation_class()) select name="class" {
                option value="" { (t.portfolio_any()) }
                @for class in Class::ALL { option value=(class) selected[class.to_string() == query.class] { (class) } }
            } }
            label { (t.portfolio_sort()) select name="sort" {
                @for (value, name) in [("revenue", t.valuation_revenue()), ("margin", t.valuation_margin()), ("name", t.team_name())] {
                    option value=(value) selected[value == query.sort] { (name) }
                }
            } }
            button.button { (t.valuation_show()) }
        }
        (frame::notices(page, valuation))
        (table(page, valuation, &rows[first..last]))
        @if rows.is_empty() { p.quiet { (t.portfolio_none()) } }
        @else { (pagination(t, locale, first + 1, last, rows.len(), before, after)) }
    }
}

async fn csv(office: State<Office>, page: Page, query: Query<ListQuery>) -> Result<axum::response::Response, Fault> {
    export(office, page, query, Format::Csv).await
}

async fn xlsx(office: State<Office>, page: Page, query: Query<ListQuery>) -> Result<axum::response::Response, Fault> {
    export(office, page, query, Format::Xlsx).await
}

async fn export(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ListQuery>,
    format: Format,
) -> Result<axum::response::Response, Fault> {
    let wanted = query.wanted().parse()?;
    let valuation = actions::value(&office, &page.viewer, &page.settings, &wanted).await?.ok_or(Fault::NotFound)?;
    let rows = query.rows(&valuation)?;
    let t = page.t();
    let headers = [
        t.valuation_rank(),
        t.valuation_number(),
        t.valuation_account(),
        t.valuation_revenue(),
        t.valuation_share(),
        t.valuation_margin(),
        t.valuation_class(),
    ];
    let row = |&index: &usize| {
        let (sums, ranked, account) = (&valuation.rows[index].now, valuation.ranked(index), valuation.account(index));
        vec![
            ranked.map_or(Cell::Empty, |ranked| Cell::Count(ranked.rank as u64)),
            account.numbers.first().map(|number| number.number.clone()).into(),
            frame::account_name(account).into(),
            sums.revenue.into(),
            ranked.map_or(Cell::Empty, |ranked| Cell::Share(ranked.share)),
            sums.amount(Metric::Margin).into(),
            ranked.map(|ranked| ranked.class.to_string()).into(),
        ]
    };
    let sheet = Sheet { title: t.nav_accounts(), headers: headers.to_vec(), rows: rows.iter().map(row).collect() };
    export::send(&office, &page.viewer, &t.nav_accounts(), format, sheet).await
}
