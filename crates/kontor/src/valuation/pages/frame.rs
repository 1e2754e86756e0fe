//! What every page about the valuation begins with: the finding as a sentence, what is shown, how to ask for something else, what is missing.

use chrono::NaiveDate;
use kontor_domain::abc::{Metric, Thresholds};
use kontor_domain::group::Level;
use kontor_domain::period::PeriodChoice;
use kontor_domain::rights::Right;
use kontor_domain::{Month, Period};
use maud::{Markup, html};

pub use crate::accounts::pages::name as account_name;
use crate::fault::FieldError;
use crate::settings::pages::{level_name, period_name};
use crate::valuation::forms::{Wanted, WantedQuery};
use crate::valuation::table::Valuation;
use crate::web::components::{empty_state, link_button, notice, tabs};
use crate::web::context::Page;
use crate::web::filter;
use crate::web::format::Locale;
use crate::web::texts::Texts;
use crate::web::url;

/// Thresholds that are offered beside those in force.
const THRESHOLDS: [&str; 5] = ["80,95", "75,95", "70,90", "60,90", "50,80"];

/// What the valuation says, in one sentence: how few bring how much.
pub fn lede(t: &Texts, valuation: &Valuation) -> String {
    let metric = valuation.asked.metric.to_string();
    let [a, ..] = valuation.class_sums();
    let total = valuation.ranking.len();
    let percent = |share: f64| t.locale().percent(share, 0);
    let largest = valuation.ranking.first().map_or(0.0, |first| first.share);
    let is_empty = valuation.total.lines == 0 && valuation.unassigned.lines == 0;
    match a.accounts {
        0 if is_empty => t.valuation_lede_empty(t.locale().date(valuation.span.from()), t.locale().date(valuation.span.to())),
        0 => t.valuation_lede_none(metric),
        1 if total == 1 => t.valuation_lede_single(metric),
        1 => t.valuation_lede_one(total, percent(largest), metric),
        count => t.valuation_lede_few(count, total, percent(a.share), metric, percent(largest)),
    }
}

/// Period, currency and how much of the margin is known.
pub fn sub(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let known = valuation.margin_known_share();
    html! {
        (t.valuation_sub(period_of(t, locale, valuation), valuation.asked.currency.code())) " "
        @if valuation.total.margin().is_none() { (t.valuation_margin_unknown()) }
        @else { (t.valuation_margin_known(locale.percent(known, 0))) }
        " " (compared_with(t, locale, valuation))
        @if let Some(day) = valuation.asked.groups_on { " " (t.valuation_groups_on(locale.date(day))) }
    }
}

/// The period before, and whether the ledger holds all of it.
fn compared_with(t: &Texts, locale: Locale, valuation: &Valuation) -> String {
    let days = t.period_days(locale.date(valuation.before.from()), locale.date(valuation.before.to()));
    let first = locale.date(valuation.span.from());
    if valuation.total_before.lines == 0 {
        t.valuation_nothing_before()
    } else if valuation.is_comparable() {
        t.valuation_compared(days)
    } else {
        t.valuation_compared_partly(days, first)
    }
}

/// The period by name and, where the name does not say them, its days.
pub fn period_of(t: &Texts, locale: Locale, valuation: &Valuation) -> String {
    let name = period_name(t, locale, valuation.asked.choice);
    match valuation.asked.choice {
        PeriodChoice::Days(_) => name,
        _ => format!("{name}, {}", t.period_days(locale.date(valuation.period.from()), locale.date(valuation.period.to()))),
    }
}

/// The pages of the valuation beside each other; `current` is the address of one of them.
pub fn sections(page: &Page, current: &str) -> Markup {
    let t = page.t();
    let all = [
        (url::ABC, t.valuation_tab_abc()),
        (url::SCORES, t.valuation_tab_scores()),
        (url::MATRIX, t.valuation_tab_matrix()),
        (url::KEY_ACCOUNTS, t.valuation_tab_key_accounts()),
        (url::ROUNDS, t.valuation_tab_rounds()),
    ];
    let all: Vec<(String, String, bool)> = all.into_iter().map(|(path, label)| (path.to_owned(), label, path == current)).collect();
    tabs(&t.valuation_tabs(), &all)
}

/// Which choices a page offers, and where they lead.
pub struct Selectors<'a> {
    /// The page itself.
    pub path: &'a str,
    /// Further parameters that a choice must not lose.
    pub keep: &'a [(&'static str, String)],
    /// Whether accounts can be ranked by something else here.
    pub has_metric: bool,
    /// Whether other thresholds can be tried here.
    pub has_thresholds: bool,
    /// What was typed.
    pub typed: &'a WantedQuery,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The choices of period, metric and thresholds. They are sent as soon as one is changed; days of one's own wait for their button.
pub fn selectors(page: &Page, valuation: &Valuation, wanted: &Wanted, offered: &Selectors<'_>) -> Markup {
    let t = page.t();
    let is_shown = |name: &str| match name {
        "metric" => offered.has_metric,
        "thresholds" => offered.has_thresholds,
        "as_of" => false,
        _ => true,
    };
    let rest: Vec<(&str, String)> = wanted.parameters().into_iter().filter(|(name, _)| *name != "period").collect();
    let wrong = |field: &str| offered.errors.iter().any(|error| error.field == field);
    let typed = |text: &Option<String>, day: NaiveDate| text.clone().filter(|_| wrong("from")).unwrap_or_else(|| day.to_string());
    let (from, to) = match valuation.asked.choice {
        PeriodChoice::Last12To(day) if !wrong("from") => (String::new(), day.to_string()),
        _ => (typed(&offered.typed.from, valuation.period.from()), typed(&offered.typed.to, valuation.period.to())),
    };
    let hidden: Vec<(&str, String)> = rest.iter().filter(|(name, _)| !is_shown(name)).cloned().collect();
    html! {
        (filter::errors(t, offered.errors))
        div.choices-row {
            form.filter action=(offered.path) data-auto-submit {
                (hidden_inputs(offered.keep)) (hidden_inputs(&hidden))
                label { (t.valuation_period()) (period_select(page, valuation)) }
                @if offered.has_metric { label { (t.valuation_metric()) (metric_select(t, valuation.asked.metric)) } }
                @if offered.has_thresholds { label { (t.valuation_thresholds()) (threshold_select(t, valuation.asked.thresholds)) } }
                label { (t.valuation_level()) (level_select(t, valuation.level())) }
                noscript { button.button { (t.valuation_show()) } }
            }
            details.own-days open[matches!(valuation.asked.choice, PeriodChoice::Days(_) | PeriodChoice::Last12To(_)) || wrong("from")] {
                summary { (t.valuation_own_days()) }
                form.filter action=(offered.path) {
                    (hidden_inputs(offered.keep)) (hidden_inputs(&rest))
                    (filter::day(t, "date", "from", &t.valuation_from(), &from, offered.errors))
                    (filter::day(t, "date", "to", &t.valuation_to(), &to, offered.errors))
                    button.button { (t.valuation_show()) }
                    p.field__hint { (t.valuation_own_days_hint()) }
                }
            }
            @if let Some(day) = valuation.asked.groups_on { (groups_day(t, wanted, offered, day)) }
        }
    }
}

/// The day whose groups count; it waits for its button too.
fn groups_day(t: &Texts, wanted: &Wanted, offered: &Selectors<'_>, day: NaiveDate) -> Markup {
    let rest: Vec<(&str, String)> = wanted.parameters().into_iter().filter(|(name, _)| *name != "as_of").collect();
    html! {
        details.own-days open[wanted.as_of.is_some() || offered.errors.iter().any(|error| error.field == "as_of")] {
            summary { (t.valuation_groups_day()) }
            form.filter action=(offered.path) {
                (hidden_inputs(offered.keep)) (hidden_inputs(&rest))
                (filter::day(t, "date", "as_of", &t.valuation_groups_day(), &day.to_string(), offered.errors))
                button.button { (t.valuation_show()) }
            }
        }
    }
}

/// Parameters that a form sends along.
pub fn hidden_inputs(parameters: &[(&str, String)]) -> Markup {
    html! { @for (name, value) in parameters { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } } }
}

fn period_select(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let chosen = valuation.asked.choice;
    html! {
        select name="period" {
            @for choice in periods(valuation.span, valuation.asked.fiscal_start, chosen) {
                option value=(choice) selected[choice == chosen] { (period_name(t, locale, choice)) }
            }
        }
    }
}

/// The periods that are worth choosing: those with data, the newest first, and the one in force.
fn periods(span: Period, fiscal_start: u32, chosen: PeriodChoice) -> Vec<PeriodChoice> {
    let mut periods = vec![PeriodChoice::Last12, PeriodChoice::All];
    let (first, last) = (Month::of(span.from()), Month::of(span.to()));
    periods.extend((first.year()..=last.year()).rev().map(PeriodChoice::Year));
    if fiscal_start != 1 {
        // A month before the fiscal year's first belongs to the one that started in the calendar year before.
        let year_of = |month: Month| month.plus(1 - fiscal_start as i32).year();
        periods.extend((year_of(first)..=year_of(last)).rev().map(PeriodChoice::FiscalYear));
    }
    if !periods.contains(&chosen) {
        periods.push(chosen);
    }
    periods
}

fn metric_select(t: &Texts, chosen: Metric) -> Markup {
    html! {
        select name="metric" {
            @for metric in [Metric::Revenue, Metric::Margin] { option value=(metric) selected[metric == chosen] { (metric_name(t, metric)) } }
        }
    }
}

/// The name of a metric.
pub fn metric_name(t: &Texts, metric: Metric) -> String {
    match metric {
        Metric::Revenue => t.valuation_revenue(),
        Metric::Margin => t.valuation_margin(),
    }
}

fn level_select(t: &Texts, chosen: Level) -> Markup {
    html! {
        select name="level" {
            @for &level in Level::ALL { option value=(level) selected[level == chosen] { (level_name(t, level)) } }
        }
    }
}

fn threshold_select(t: &Texts, chosen: Thresholds) -> Markup {
    let mut offered: Vec<Thresholds> = THRESHOLDS.iter().filter_map(|text| text.parse().ok()).collect();
    if !offered.contains(&chosen) {
        offered.insert(0, chosen);
    }
    html! {
        select name="thresholds" {
            @for thresholds in offered {
                option value=(thresholds) selected[thresholds == chosen] { (t.valuation_threshold_pair(thresholds.a(), thresholds.b())) }
            }
        }
    }
}

/// What the figures do not hold: lines without a customer, amounts without a rate.
pub fn notices(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let unassigned = &valuation.unassigned;
    let amounts = valuation.unconverted.iter().map(|(currency, amount)| locale.money(*amount, *currency)).collect::<Vec<_>>().join(", ");
    html! {
        (part_notice(t, valuation))
        @if unassigned.lines != 0 {
            (notice("warning", html! { p { (t.valuation_unassigned(unassigned.lines, locale.money(unassigned.revenue, valuation.asked.currency))) } }))
        }
        @if !amounts.is_empty() {
            (notice("warning", html! {
                p {
                    (t.valuation_unconverted(amounts)) " "
                    @if page.viewer.may(Right::ChangeSettings) { a href=(url::SETTINGS) { (t.valuation_unconverted_do()) } }
                }
            }))
        }
    }
}

/// Tells those who do not see all accounts what the figures are sums of; only how many they see, not of how many.
pub fn part_notice(t: &Texts, valuation: &Valuation) -> Markup {
    html! { @if valuation.is_part { (notice("info", html! { p { (t.valuation_part(valuation.directory.accounts().len())) } })) } }
}

/// The page while there is nothing to value.
pub fn empty(page: &Page, title: &str) -> Markup {
    empty_with(page, title, html! {})
}

/// The same with what else there is to do.
pub fn empty_with(page: &Page, title: &str, other: Markup) -> Markup {
    let t = page.t();
    let may_import = page.viewer.may(Right::Import);
    let text = if may_import { t.valuation_empty_text() } else { t.valuation_empty_wait() };
    let action = html! { @if may_import { (link_button(url::NEW_IMPORT, &t.valuation_empty_do(), true)) } (other) };
    page.render(title, empty_state(&t.valuation_empty_title(), &text, action))
}

/// The account or the group of a row by name, leading to its page; a group is named after its head and says how many accounts it has.
pub fn link(t: &Texts, valuation: &Valuation, index: usize) -> Markup {
    let (account, count) = (valuation.account(index), valuation.members(index).len());
    match (count, valuation.asked.groups_on) {
        (0, _) | (_, None) => html! { a href=(url::account(account.id)) { (account_name(account)) } },
        (_, Some(day)) => html! {
            span {
                a href=(url::with_query(&url::group(account.id), &[("as_of", day.to_string())])) { (account_name(account)) }
                " " small.quiet { (t.valuation_members(count)) }
            }
        },
    }
}

/// A change of a rate in percentage points with its sign: `+0,8`, `−1,2`, `0`.
pub fn points(locale: Locale, difference: f64) -> String {
    let tenths = (difference * 1000.0).round() / 10.0;
    let text = locale.decimal(tenths.abs());
    match tenths {
        tenths if tenths > 0.0 => format!("+{text}"),
        tenths if tenths < 0.0 => format!("\u{2212}{text}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    fn span(from: &str, to: &str) -> Period {
        Period::new(from.parse().expect("a day"), to.parse().expect("a day")).expect("a period")
    }

    fn offered(span: Period, fiscal_start: u32, chosen: PeriodChoice) -> String {
        periods(span, fiscal_start, chosen).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn years_with_data_are_offered_the_newest_first() {
        assert_eq!(offered(span("2024-05-01", "2026-02-10"), 1, PeriodChoice::Last12), "last12 all 2026 2025 2024");
    }

    #[test]
    fn fiscal_years_are_named_after_the_year_they_start_in() {
        assert_eq!(offered(span("2025-03-31", "2026-04-01"), 4, PeriodChoice::All), "last12 all 2026 2025 fy2026 fy2025 fy2024");
    }

    #[test]
    fn what_is_in_force_is_always_among_the_choices() {
        let days = PeriodChoice::Days(span("2025-01-05", "2025-01-09"));
        assert_eq!(offered(span("2025-01-01", "2025-12-31"), 1, days), "last12 all 2025 2025-01-05..2025-01-09");
    }

    #[test]
    fn points_carry_their_sign_and_one_decimal() {
        let german = |difference| points(Locale::of(Language::De), difference);
        assert_eq!(
            (german(0.0123), german(-0.008), german(0.0001), german(-0.0001)),
            ("+1,2".into(), "−0,8".into(), "0".into(), "0".into())
        );
    }
}
