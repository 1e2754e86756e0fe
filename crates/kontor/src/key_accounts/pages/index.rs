//! The key accounts with their next reviews, the nominations that wait, and what the valuation suggests.

use std::sync::Arc;

use axum::extract::State;
use chrono::NaiveDate;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::reach_name;
use crate::accounts::directory::Directory;
use crate::accounts::pages::name;
use crate::fault::Fault;
use crate::key_accounts::actions::{self, KeyAccount, Overview};
use crate::key_accounts::store::Nomination;
use crate::office::Office;
use crate::scoring::pages::parts;
use crate::scoring::table::{Row, Table};
use crate::valuation::actions::accounts;
use crate::valuation::pages::frame;
use crate::web::components::{class_badge, headline, link_button, section};
use crate::web::context::Page;
use crate::web::url;

/// So many suggestions are shown.
const SUGGESTED: usize = 25;

struct View<'a> {
    page: &'a Page,
    overview: &'a Overview,
    directory: &'a Directory,
    today: NaiveDate,
}

pub(super) async fn show(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let overview = actions::overview(&office, &page.viewer, &page.settings).await?;
    let directory: Arc<Directory> = accounts(&office, &page.viewer).await?;
    let view = View { page: &page, overview: &overview, directory: &directory, today: office.today() };
    Ok(page.render(&page.t().valuation_tab_key_accounts(), view.main()))
}

impl View<'_> {
    fn main(&self) -> Markup {
        let (page, t, overview) = (self.page, self.page.t(), self.overview);
        let due = overview.key_accounts.iter().filter(|key| self.is_due(key)).count();
        let suggested = &overview.suggested[..overview.suggested.len().min(SUGGESTED)];
        html! {
            (headline(&[], t.key_lede(overview.key_accounts.len(), overview.nominations.len()), t.key_sub(due), html! { (link_button(url::TREATMENTS, &t.key_treatments(), false)) }))
            (frame::sections(page, url::KEY_ACCOUNTS))
            div.columns {
                @if !overview.nominations.is_empty() { (section(12, &t.key_open(overview.nominations.len()), "", self.nominations())) }
                (section(12, &t.key_list(), "", self.list()))
                @if !overview.doubted.is_empty() { (section(12, &t.key_doubted(overview.doubted.len()), "", self.suggestions(&overview.doubted, t.key_review_it()))) }
                @if !suggested.is_empty() { (section(12, &t.key_suggested(overview.suggested.len()), "", html! {
                    p.sub { (t.key_suggested_text()) }
                    (self.suggestions(suggested, t.key_nominate()))
                })) }
            }
        }
    }

    fn is_due(&self, key: &KeyAccount) -> bool {
        key.decided.ruling.next_review.is_some_and(|review| review <= self.today)
    }

    fn name(&self, account_id: i64) -> String {
        let place = self.directory.place_of(account_id);
        place.map_or_else(|| "–".to_owned(), |place| name(&self.directory.accounts()[place]).to_owned())
    }

    fn row(&self, account_id: i64) -> Option<(&Table, &Row)> {
        let table = self.overview.table.as_ref()?;
        Some((table, &table.rows[table.find(account_id)?]))
    }

    fn score(&self, account_id: i64) -> String {
        parts::score_text(self.page.locale(), self.row(account_id).and_then(|(_, row)| row.scored.score))
    }

    fn class(&self, account_id: i64) -> Markup {
        html! { @if let Some(class) = self.row(account_id).and_then(|(_, row)| row.class) { (class_badge(class)) } }
    }

    fn list(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        html! {
            @if self.overview.key_accounts.is_empty() { p.quiet { (t.key_none()) } }
            @else { div.scroll { table.table.table--words {
                thead { tr {
                    th { (t.valuation_account()) } th { (t.key_reach()) } th { (t.key_manager()) } th { (t.key_since()) } th { (t.key_next_review()) }
                    th.num { (t.scoring_score()) } th { (t.valuation_class()) } th.num { (t.valuation_revenue()) }
                } }
                tbody { @for key in &self.overview.key_accounts {
                    @let (ruling, id) = (&key.decided.ruling, key.decided.account_id);
                    tr {
                        td { a href=(url::account_standing(id)) { (self.name(id)) } }
                        td { @if let Some(reach) = ruling.reach { (reach_name(t, reach)) } }
                        td { (key.decided.manager_name.as_deref().unwrap_or("–")) }
                        td data-label=(t.key_since()) { (locale.date(key.since)) }
                        td data-label=(t.key_next_review()) {
                            @if let Some(review) = ruling.next_review { (locale.date(review)) @if self.is_due(key) { " " span.badge."badge--warn" { (t.key_due()) } } }
                        }
                        td.num data-label=(t.scoring_score()) { (self.score(id)) }
                        td { (self.class(id)) }
                        td.num data-label=(t.valuation_revenue()) { @if let Some((_, row)) = self.row(id) { (locale.amount(row.revenue)) } }
                    }
                } }
            } } }
        }
    }

    fn nominations(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let by =
            |nomination: &Nomination| t.key_nominated_by(nomination.nominated_by_name.as_str(), locale.instant(nomination.nominated_at));
        html! {
            ul.list { @for nomination in &self.overview.nominations { li {
                span {
                    a href=(url::account_standing(nomination.account_id)) { (self.name(nomination.account_id)) } " " (self.class(nomination.account_id))
                    " " span.num { (t.key_points(self.score(nomination.account_id))) }
                    @if nomination.is_review { " " span.badge { (t.key_review()) } }
                }
                span.why { (nomination.statement) " " span.quiet { (by(nomination)) } }
                a.do href=(url::account_standing(nomination.account_id)) { (if self.page.viewer.may(Right::DecideKeyAccounts) { t.key_decide() } else { t.scoring_show_them() }) }
            } } }
        }
    }

    fn suggestions(&self, indices: &[usize], link: String) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let Some(table) = &self.overview.table else { return html! {} };
        html! {
            div.scroll { table.table.table--words {
                thead { tr {
                    th { (t.valuation_account()) } th.num { (t.scoring_score()) } th.num { (t.scoring_coverage()) } th { (t.valuation_class()) } th.num { (t.valuation_revenue()) } th { (t.scoring_stance()) } th {}
                } }
                tbody { @for &index in indices {
                    @let row = &table.rows[index];
                    tr {
                        td.name { a href=(url::account_valuation(row.account_id)) { (self.name(row.account_id)) } }
                        td.num data-label=(t.scoring_score()) { (parts::score_text(locale, row.scored.score)) }
                        td.num data-label=(t.scoring_coverage()) { (locale.percent(row.scored.coverage, 0)) }
                        td { (self.class(row.account_id)) }
                        td.num data-label=(t.valuation_revenue()) { (locale.amount(row.revenue)) }
                        td { @if let Some(stance) = table.stance(index) { (parts::stance_badge(t, stance)) } }
                        td.num { @if self.page.viewer.may(Right::Nominate) { a href={ (url::account_standing(row.account_id)) "#nominate" } { (link) } } }
                    }
                } }
            } }
        }
    }
}
