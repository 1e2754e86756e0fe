//! Samples of charts, ordinary ones and those at the edge.

use kontor_domain::abc::{self, Thresholds};
use kontor_domain::settings::Currency;
use kontor_domain::{Amount, Month};
use maud::{Markup, html};

use crate::web::charts::{BarRow, MonthPoint, MonthsChart, ParetoChart, RankPoint, Room, StripPart, bars, months, pareto, strip};
use crate::web::components::section;
use crate::web::texts::Texts;

/// The Pareto chart of these amounts.
fn chart(units: &[i64], label: &str, t: &Texts) -> Markup {
    let accounts: Vec<(&str, Amount)> = units.iter().map(|&units| ("Beispiel & Söhne", Amount::from_units(units))).collect();
    let ranking = abc::rank(&accounts, Thresholds::default());
    let points: Vec<RankPoint<'_>> = ranking
        .iter()
        .map(|ranked| RankPoint {
            label: accounts[ranked.index].0,
            amount: ranked.amount,
            share: ranked.share,
            cumulative: ranked.cumulative_share,
            class: ranked.class,
        })
        .collect();
    pareto(&ParetoChart { label, points: &points, thresholds: Thresholds::default(), currency: Currency::EUR }, t)
}

/// Invented amounts that fall like those of a wholesaler: steepness 1 is Zipf’s law.
fn falling(accounts: u32, steepness: f64) -> Vec<i64> {
    (1..=accounts).map(|rank| (6_000_000.0 / f64::from(rank).powf(steepness)) as i64).collect()
}

pub(super) fn pareto_section(t: &Texts) -> Markup {
    let rest = (1..412).map(|rank| (5_600_000.0 * (-f64::from(rank) / 12.0).exp()) as i64 + 40);
    let units: Vec<i64> = std::iter::once(16_100_000).chain(rest).collect();
    let body = chart(&units, "Pareto-Kurve: wenige Kunden bringen den größten Teil", t);
    section(12, "18 Kunden tragen vier Fünftel; danach wird die Kurve flach", html! { a href="#" { "CSV" } a href="#" { "XLSX" } }, body)
}

pub(super) fn edge_cases(t: &Texts) -> Markup {
    html! {
        (section(12, "Pareto: 50 000 accounts, hardly any large ones", "", chart(&falling(50_000, 0.4), "sehr viele", t)))
        (section(6, "Pareto: three accounts", "", chart(&[600_000, 300_000, 100_000], "drei", t)))
        (section(6, "Pareto: none", "", chart(&[0, -5], "keiner", t)))
        (section(6, "Months: credit notes outweigh invoices", "", months_chart(&[120, 80, -60, 40, 0, 20, 90, -30, 70, 60, 55, 90], 12, t)))
        (section(6, "Months: one", "", months_chart(&[48], 1, t)))
    }
}

/// Revenue in thousands; the last `current` months are the present period. Margin is known from the fifth month on.
fn months_chart(thousands: &[i64], current: usize, t: &Texts) -> Markup {
    let first = Month::from_index(2026 * 12 + 10 - thousands.len() as i32);
    let current_from = thousands.len().saturating_sub(current);
    let point = |place: usize| MonthPoint {
        month: first.plus(place as i32),
        revenue: Amount::from_units(thousands[place] * 1_000),
        margin: (place >= 4).then(|| Amount::from_units(thousands[place] * 270 - 8_000)),
        before: (place >= current_from && place >= 12).then(|| Amount::from_units(thousands[place - 12] * 1_000)),
    };
    let points: Vec<MonthPoint> = (0..thousands.len()).map(point).collect();
    let chart = MonthsChart {
        label: "Umsatz je Monat mit Ertrag",
        points: &points,
        current: first.plus(current_from as i32)..=first.plus(thousands.len() as i32 - 1),
        before: first.plus(current_from as i32 - current as i32)..=first.plus(current_from as i32 - 1),
        currency: Currency::EUR,
        room: Room::Column,
    };
    months(&chart, t)
}

pub(super) fn months_section(t: &Texts) -> Markup {
    let thousands = [
        175, 209, 198, 220, 244, 275, 263, 230, 213, 186, 184, 163, 200, 228, 255, 269, 296, 261, 267, 282, 252, 215, 225, 207, 225, 220,
        240, 275, 279, 296, 316, 273, 238, 219, 210, 234,
    ];
    let table = html! {
        (months_chart(&thousands, 12, t))
        details.figures-table {
            summary { (t.web_table()) }
            table.table.table--tight {
                thead { tr { th { "Monat" } th.num { "Umsatz T€" } } }
                tbody { @for (place, value) in thousands[24..].iter().enumerate() { tr { td { (t.locale().month(Month::from_index(2025 * 12 + 10 + place as i32))) } td.num { (value) } } } }
            }
        }
    };
    section(7, "Umsatz liegt seit Juni unter Plan, vor allem Lager und Ketten", html! { a href="#" { "Alle Monate" } }, table)
}

pub(super) fn bars_section(t: &Texts) -> Markup {
    let locale = t.locale();
    let row = |label: &str, thousands: i64, part: f64| {
        let amount = Amount::from_units(thousands * 1_000);
        BarRow {
            label: html! { a href="#" { (label) } },
            amount,
            value: html! { (locale.compact(amount, Currency::EUR)) },
            note: html! { (locale.percent(part, 1)) },
        }
    };
    let rows = [
        row("Antriebe und Getriebe", 1_412, 0.45),
        row("Ketten", 816, 0.26),
        row("Lager, Führungen und Zubehör für den Sondermaschinenbau", 540, 0.172),
        row("Dienstleistung", 402, 0.128),
        row("Rückvergütung", -120, -0.038),
    ];
    section(6, "Antriebe bringen fast die Hälfte", "", bars(&rows))
}

pub(super) fn strip_section(t: &Texts) -> Markup {
    let part = |label: &str, share: f64| StripPart { label: label.to_owned(), share };
    let parts = [part("Größter Kunde", 0.194), part("Rang 2 bis 5", 0.212), part("Rang 6 bis 10", 0.127), part("Alle anderen", 0.467)];
    section(6, "Zehn Kunden bringen mehr als die Hälfte", "", strip("Konzentration des Umsatzes", &parts, t.locale()))
}
