//! Samples of the parts of pages.

use kontor_domain::Amount;
use kontor_domain::abc::Class;
use kontor_domain::growth::Growth;
use kontor_domain::settings::Currency;
use maud::{Markup, html};

use crate::web::charts::{share_bar, sparkline};
use crate::web::components::{
    self, Figure, badge, class_badge, delta, empty_state, facts, figures, headline, link_button, notice, pagination, post_button, progress,
    section, tabs,
};
use crate::web::texts::Texts;

/// Name, revenue, margin, growth, class.
type Sample = (&'static str, i64, Option<f64>, Growth, Class);

const ACCOUNTS: [Sample; 6] = [
    ("Nordwerk Gruppe", 16_100_000, Some(0.182), Growth::Rate(-0.041), Class::A),
    ("Elbe Maschinenbau GmbH", 5_347_294, Some(0.317), Growth::Rate(0.124), Class::A),
    ("Söhnke & Cie. KG", 4_595_561, Some(0.34), Growth::New, Class::A),
    ("Alpina Fördertechnik und Lagersysteme Süd GmbH & Co. KG", 1_104_502, Some(-0.061), Growth::Rate(-0.116), Class::B),
    ("Weserstahl GmbH", 730_748, None, Growth::Rate(0.012), Class::B),
    ("Gutschrift AG", -12_300, None, Growth::None, Class::C),
];

pub(super) fn overview(t: &Texts) -> Markup {
    let locale = t.locale();
    let million = |units: i64| locale.compact(Amount::from_units(units), Currency::EUR);
    let change = |rate: f64| delta(t, locale, Growth::Rate(rate));
    html! {
        header {
            h1.lede { "18 von 412 Kunden bringen 80\u{a0}% des Umsatzes, einer allein 19\u{a0}%." }
            p.sub { "Letzte 12 Monate bis Oktober 2026, netto in Euro. Ertrag bekannt für 97\u{a0}% des Umsatzes. " a href="#" { "Zeitraum ändern" } }
        }
        (figures(&[
            Figure::new("Umsatz".into(), million(48_213_456), html! { (change(0.061)) " gegen Vorjahr" }),
            Figure::new("Ertrag".into(), million(13_114_060), html! { (locale.percent(0.272, 1)) " vom Umsatz, " (change(-0.008)) }),
            Figure::new("Kunden".into(), locale.integer(412), html! { a href="#" { "31 neu" } ", 12 verloren" }),
            Figure::new("Größter Kunde".into(), locale.percent(0.194, 1), "Grenze 25\u{a0}%").warning(true),
        ]))
    }
}

pub(super) fn ranking(t: &Texts) -> Markup {
    let locale = t.locale();
    let body = html! {
        div.scroll { table.table {
            thead { tr {
                th.num.minor { "Rang" } th.pin aria-sort="ascending" { a href="#" { "Kunde" } } th.num { "Umsatz €" } th.minor { "Anteil" } th.num { "DB I" }
                th.num { "Vorjahr" } th { "Verlauf" } th { "Klasse" }
            } }
            tbody { @for (place, (name, revenue, margin, growth, class)) in ACCOUNTS.into_iter().enumerate() {
                @let share = revenue as f64 / 28_000_000.0;
                tr {
                    td.num.quiet.minor { (place + 1) }
                    td.pin.wrap { a href="#" { (name) } }
                    td.num { (locale.amount(Amount::from_units(revenue))) }
                    td.minor { (share_bar(share, class)) " " (locale.percent(share, 1)) }
                    td.num { @match margin { Some(margin) => span.loss[margin < 0.0] { (locale.percent(margin, 1)) }, None => span.quiet { "–" } } }
                    td.num { (delta(t, locale, growth)) }
                    td { (sparkline("Umsatz je Quartal", &[3.0, 4.0, 2.5, 3.5, 4.5, 5.0])) }
                    td { (class_badge(class)) }
                }
            } }
            tfoot { tr { td.minor {} td.pin { "Summe" } td.num { (locale.amount(Amount::from_units(27_865_805))) } td.minor {} td {} td {} td {} td {} } }
        } }
        (pagination(t, locale, 101, 150, 412, Some("#".into()), Some("#".into())))
    };
    section(8, "Die größten Kunden", html! { a href="#" { "Alle 412" } }, body)
}

pub(super) fn talk() -> Markup {
    let items = [
        ("Alpina Fördertechnik", "A nach Umsatz, C nach Ertrag: DB I ist negativ seit März", "Ergebnis"),
        ("Nordwerk Gruppe", "kauft seit 11 Wochen nichts, sonst alle 3", "Ansehen"),
    ];
    let body = html! {
        ul.list {
            @for (name, why, verb) in items { li { a href="#" { (name) } span.why { (why) } span.do { a href="#" { (verb) } } } }
            li { span { "Import vom 2. November" } span.why { "geprüft, noch nicht gebucht" } span.do { (post_button("#", "Buchen", "button button--link", None)) } }
        }
    };
    section(4, "Darüber ist zu reden", html! { a href="#" { "Alle" } }, body)
}

pub(super) fn account(t: &Texts) -> Markup {
    let labels: Vec<(String, String, bool)> =
        ["Überblick", "Artikel", "Rechnungen", "Verlauf"].map(|label| ("#".to_owned(), label.to_owned(), label == "Überblick")).to_vec();
    let body = html! {
        (headline(
            &[("#", "Kunden"), ("#", "Nordwerk Gruppe")],
            html! { "Nordwerk Logistik GmbH " (class_badge(Class::A)) " " span.badge.badge--key { "Key-Account seit 2021" } },
            "Bremen · Intralogistik · Kundennr. 10472",
            html! { (link_button("#", "Drucken", false)) (link_button("#", "Bericht", true)) },
        ))
        (tabs("Kunde", &labels))
        (figures(&[
            Figure::new("Umsatz 12 Monate".into(), "3,14 Mio.\u{a0}€".into(), html! { (delta(t, t.locale(), Growth::Rate(-0.041))) ", Rang 2" }),
            Figure::new("DB I".into(), "18,2\u{a0}%".into(), "Haus 27,2\u{a0}%"),
            Figure::new("Rechnungen".into(), "214".into(), "38 Gutschriften"),
            Figure::new("Artikel".into(), "81".into(), "12 seit einem Jahr nicht mehr"),
            Figure::new("Letzter Kauf".into(), "77 Tage".into(), "sonst alle 21").warning(true),
        ]))
    };
    section(12, "Head of a page about one thing", "", body)
}

pub(super) fn facts_section() -> Markup {
    let pairs = [
        ("Kundennummer".to_owned(), html! { "10472" }),
        ("Branche".to_owned(), html! { "Intralogistik" }),
        ("Kunde seit".to_owned(), html! { "01.04.2021" }),
        ("Straße".to_owned(), html! { span.quiet { "–" } }),
    ];
    let cross = html! {
        div.scroll { table.table.cross {
            thead { tr { th { "Umsatz / Ertrag" } th.num { "A" } th.num { "B" } th.num { "C" } } }
            tbody { @for (class, counts) in [("A", [12, 4, 2]), ("B", [3, 31, 18])] { tr {
                th { (class) } @for (place, count) in counts.iter().enumerate() { td.cross__mark[place == 2] { (count) } }
            } } }
        } }
    };
    section(5, "Stammdaten", "", html! { div.stack { (facts(&pairs)) (cross) } })
}

pub(super) fn notices() -> Markup {
    let body = html! {
        (notice("info", html! { p { "Für 3\u{a0}% des Umsatzes ist kein Ertrag bekannt." } }))
        (notice("warning", html! { p { "Das Datum steht in zwei Schreibweisen. " a href="#" { "Spalten prüfen" } } }))
        (notice("error", html! { p { "Die Datei wurde angehalten:" } ul { li { "412 Zeilen haben kein lesbares Datum." } li { "Eine Spalte fehlt." } } }))
    };
    section(6, "Notices", "", body)
}

pub(super) fn badges(t: &Texts) -> Markup {
    let tones = [("gain", "gebucht"), ("warn", "geprüft"), ("loss", "angehalten"), ("key", "Key-Account")];
    let changes = [Growth::Rate(0.061), Growth::Rate(-0.116), Growth::Rate(0.0), Growth::New, Growth::None];
    let body = html! {
        div.stack {
            p { @for class in Class::ALL { (class_badge(class)) " " } (badge("Entwurf")) }
            p { @for (tone, label) in tones { span class={ "badge badge--" (tone) } { (label) } " " } }
            p { "Anteil " (components::share_bar(0.194)) }
            p { @for change in changes { (delta(t, t.locale(), change)) "  " } span.warn { "Warnung" } }
        }
    };
    section(6, "Badges and changes", "", body)
}

pub(super) fn going_on() -> Markup {
    let body = html! {
        div.stack {
            (progress("4.200.000 von 10.000.000 Zeilen gelesen", 42, Some(100)))
            (progress("Wird geprüft …", 0, None))
        }
    };
    section(6, "Progress", "", body)
}

pub(super) fn nothing_yet() -> Markup {
    let text = "Aus einer Rechnungsdatei Ihres ERP-Systems entsteht hier die Rangfolge Ihrer Kunden.";
    section(6, "Empty state", "", empty_state("Noch keine Rechnungen", text, link_button("#", "Rechnungen importieren", true)))
}
