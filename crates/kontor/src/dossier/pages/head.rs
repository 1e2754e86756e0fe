//! Who it is, and the figures between hairlines.

use chrono::{Datelike, NaiveDate};
use kontor_domain::abc::Metric;
use kontor_domain::period::PeriodChoice;
use kontor_domain::rights::Right;
use kontor_domain::view::Kept;
use kontor_domain::{Month, Period};
use maud::{Markup, html};

use super::View;
use crate::accounts::pages::{Part, frame_below};
use crate::dossier::figures::Figures;
use crate::settings::pages::period_name;
use crate::valuation::table::SumsExt;
use crate::views::pages::star;
use crate::web::components::{Figure, class_badge, delta, empty_state, figures, link_button, notice};
use crate::web::url;

/// Name, class, master data, and what can be done.
pub(super) fn head_region(view: &View<'_>) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    let figures = view.dossier.figures.as_ref();
    let class = figures.and_then(|figures| figures.ranked).map(|ranked| ranked.class);
    let badges = html! { @if let Some(class) = class { (class_badge(class)) } };
    let as_of = html! {
        @if let Some(figures) = figures {
            span.only-print {
                (t.dossier_as_of(&view.page.settings.company, locale.date(figures.valuation.as_of))) " · " (days(view, figures.valuation.period))
            }
        }
    };
    let actions = html! {
        @if let Some(figures) = figures { (period_form(view, figures)) }
        (star(view.page, Kept::Account, view.dossier.account.id, view.is_kept))
        button.button type="button" data-print { (t.web_print()) }
    };
    frame_below(view.page, view.above, &view.dossier.account, Part::Overview, badges, as_of, actions)
}

fn days(view: &View<'_>, period: Period) -> String {
    view.page.t().dossier_days(view.page.locale().date(period.from()), view.page.locale().date(period.to()))
}

fn period_form(view: &View<'_>, figures: &Figures) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    let chosen = figures.valuation.asked.choice;
    let choices = choices(chosen, figures.valuation.span, figures.valuation.asked.fiscal_start);
    html! {
        form.filter.period action=(url::account(view.dossier.account.id)) data-auto-submit {
            label { span.hidden { (t.dossier_period()) }
                select name="period" {
                    @for choice in choices { option value=(choice) selected[choice == chosen] { (period_name(t, locale, choice)) } }
                }
            }
            @if let Some(metric) = view.wanted.metric { input type="hidden" name="metric" value=(metric); }
            @if let Some(thresholds) = view.wanted.thresholds { input type="hidden" name="thresholds" value=(thresholds); }
            noscript { button.button { (t.dossier_show()) } }
        }
    }
}

/// The periods to choose from: the last 12 months, the years of the ledger, everything, and the one chosen.
fn choices(chosen: PeriodChoice, span: Period, fiscal_start: u32) -> Vec<PeriodChoice> {
    let mut choices = vec![PeriodChoice::Last12];
    let year = |choice: fn(i32) -> PeriodChoice, first: i32, last: i32| (first..=last).rev().take(10).map(choice);
    choices.extend(year(PeriodChoice::Year, span.from().year(), span.to().year()));
    if fiscal_start != 1 {
        let fiscal_year = |day: NaiveDate| Month::of(day).plus(1 - fiscal_start as i32).year();
        choices.extend(year(PeriodChoice::FiscalYear, fiscal_year(span.from()), fiscal_year(span.to())));
    }
    choices.push(PeriodChoice::All);
    if !choices.contains(&chosen) {
        choices.push(chosen);
    }
    choices
}

/// While the ledger is empty there is only master data.
pub(super) fn empty_region(view: &View<'_>) -> Markup {
    let t = view.page.t();
    let action = html! { @if view.page.viewer.may(Right::Import) { (link_button(url::NEW_IMPORT, &t.dossier_import(), true)) } };
    html! { div #figures { (empty_state(&t.dossier_empty_title(), &t.dossier_empty_text(), action)) } }
}

/// What has to be known before the figures are read.
pub(super) fn notices_region(view: &View<'_>, figures: &Figures) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    let unconverted: Vec<String> = figures.unconverted.iter().map(|&(currency, amount)| locale.money(amount, currency)).collect();
    html! {
        div #notices {
            @if figures.now.lines == 0 {
                (notice("info", html! {
                    p {
                        (t.dossier_no_lines())
                        @if let Some(rhythm) = figures.rhythm {
                            " " (t.dossier_no_lines_last(locale.date(rhythm.last))) " "
                            a href=(view.address("", &[("period", "all")])) { (t.dossier_all_time()) }
                        }
                    }
                }))
            }
            @if !unconverted.is_empty() { (notice("warning", html! { p { (t.dossier_unconverted(unconverted.join(", "))) } })) }
        }
    }
}

/// The five figures.
pub(super) fn figures_region(view: &View<'_>, of: &Figures, today: NaiveDate) -> Markup {
    html! {
        div #figures { (figures(&[revenue(view, of), margin(view, of), rank(view, of), invoices(view, of), last_invoice(view, of, today)])) }
    }
}

fn revenue(view: &View<'_>, of: &Figures) -> Figure {
    let (t, locale) = (view.page.t(), view.page.locale());
    let value = locale.compact(of.now.revenue, view.page.settings.currency);
    let note = html! {
        @if !of.is_comparable { (t.dossier_not_comparable()) }
        @else { (delta(t, locale, of.growth())) " " (if is_year(of) { t.dossier_against_year() } else { t.dossier_against_before() }) }
    };
    Figure::new(t.dossier_revenue(), value, note)
}

/// Whether the period before is the year before.
pub(super) fn is_year(of: &Figures) -> bool {
    let period = of.valuation.period;
    period.is_whole_months() && Month::of(period.to()).index() - Month::of(period.from()).index() == 11
}

fn margin(view: &View<'_>, of: &Figures) -> Figure {
    let (t, locale) = (view.page.t(), view.page.locale());
    let rate = of.now.margin_rate();
    let house = of.valuation.total.margin_rate().map(|rate| t.dossier_house(locale.percent(rate, 1)));
    let known = of.now.margin_known_share();
    let part = (rate.is_some() && known < 0.995).then(|| t.dossier_known(locale.percent(known, 0)));
    let unknown = (rate.is_none() && of.now.lines > 0).then(|| t.dossier_margin_unknown());
    let notes: Vec<String> = [unknown, house, part].into_iter().flatten().collect();
    Figure::new(t.dossier_margin_rate(), rate.map_or_else(dash, |rate| locale.percent(rate, 1)), notes.join(", "))
}

fn rank(view: &View<'_>, of: &Figures) -> Figure {
    let (t, locale) = (view.page.t(), view.page.locale());
    let by_margin = of.valuation.asked.metric == Metric::Margin;
    let label = if by_margin { t.dossier_rank_margin() } else { t.dossier_rank() };
    let Some(ranked) = of.ranked else { return Figure::new(label, dash(), "") };
    let share = locale.percent(ranked.share, 1);
    let note = if by_margin { t.dossier_share_margin(share) } else { t.dossier_share_revenue(share) };
    let value = format!("{} {}", locale.integer(ranked.rank as i64), t.dossier_rank_of(of.valuation.ranking.len()));
    Figure::new(label, value, note)
}

fn invoices(view: &View<'_>, of: &Figures) -> Figure {
    let (t, locale) = (view.page.t(), view.page.locale());
    let average = of.average_invoice().map(|average| t.dossier_average(locale.compact(average, view.page.settings.currency)));
    Figure::new(t.dossier_invoices(), locale.integer(of.now.invoices), average.unwrap_or_default())
}

fn last_invoice(view: &View<'_>, of: &Figures, today: NaiveDate) -> Figure {
    let (t, locale) = (view.page.t(), view.page.locale());
    let Some(rhythm) = of.rhythm else { return Figure::new(t.dossier_last_invoice(), dash(), t.dossier_never()) };
    let date = locale.date(rhythm.last);
    let note = match rhythm.usual_gap {
        Some(gap) => t.dossier_usual_gap(gap, date),
        None => date,
    };
    let days = (today - rhythm.last).num_days();
    // An invoice may be dated ahead of today; the day itself is then clearer than “in so many days”.
    let value = if days < 0 { locale.date(rhythm.last) } else { t.dossier_days_ago(days) };
    Figure::new(t.dossier_last_invoice(), value, note).warning(rhythm.is_unusual)
}

fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_are_the_years_of_the_ledger_and_the_one_chosen() {
        let day = |text: &str| text.parse().expect("a day");
        let span = Period::new(day("2024-02-03"), day("2025-06-30")).expect("a span");
        let texts = |chosen: &str, start| {
            let chosen = chosen.parse().expect("a period");
            choices(chosen, span, start).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(texts("last12", 1), ["last12", "2025", "2024", "all"]);
        assert_eq!(texts("2019", 1), ["last12", "2025", "2024", "all", "2019"]);
        assert_eq!(texts("last12", 7), ["last12", "2025", "2024", "fy2024", "fy2023", "all"]);
    }
}
