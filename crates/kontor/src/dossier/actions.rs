//! Asking for one account.

use std::sync::Arc;

use kontor_domain::Period;
use kontor_domain::group::Level;
use kontor_domain::rights::Viewer;
use kontor_domain::settings::{Rate, Settings};
use kontor_ledger::Error;
use kontor_ledger::figures::Paging;
use kontor_ledger::vault::{Live, Vault};

use super::figures::{self, Figures};
use super::invoices::{self, BookedPage};
use crate::accounts::directory;
use crate::accounts::store::{self, Account};
use crate::aside::aside;
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::valuation::actions as valuation;
use crate::valuation::forms::Wanted;

/// One account with its figures.
pub struct Dossier {
    /// Master data.
    pub account: Account,
    /// Its figures; `None` while the ledger is empty.
    pub figures: Option<Figures>,
}

impl Dossier {
    /// The days the figures cover.
    pub fn period(&self) -> Option<Period> {
        self.figures.as_ref().map(|figures| figures.valuation.period)
    }
}

/// One account this viewer may see.
pub async fn account(office: &Office, viewer: &Viewer, id: i64) -> Result<Account, Fault> {
    Ok(directory::account(office, viewer, id).await?.as_ref().clone())
}

/// The account that one became part of, as far as this viewer may see it.
pub async fn successor(office: &Office, viewer: &Viewer, id: i64) -> Result<i64, Fault> {
    let mut successor = id;
    while let Some(next) = store::merged_into(office.db.read(), successor).await? {
        successor = next;
    }
    // An account of its own that is not seen is not found either.
    if successor == id { Err(Fault::NotFound) } else { Ok(account(office, viewer, successor).await?.id) }
}

/// The figures of one account.
pub async fn show(office: &Office, viewer: &Viewer, settings: &Settings, id: i64, wanted: &Wanted) -> Result<Dossier, Fault> {
    let account = account(office, viewer, id).await?;
    // This page is about the one account, whatever counts as one customer elsewhere.
    let wanted = Wanted { level: Some(Level::Account), ..*wanted };
    let Some(valuation) = valuation::value(office, viewer, settings, &wanted).await? else {
        return Ok(Dossier { account, figures: None });
    };
    let rates: Vec<Rate> = settings::store::rates(office.db.read()).await?.into_iter().map(|stored| stored.rate).collect();
    let asked = account.clone();
    let figures = read(office, move |vault, live| figures::compute(vault, live, valuation, &asked, &rates)).await?;
    Ok(Dossier { account, figures: Some(figures) })
}

/// A part of the invoices of one account, the newest first.
pub async fn invoices(office: &Office, account: &Account, period: Period, paging: Paging) -> Result<BookedPage, Fault> {
    let account = account.clone();
    read(office, move |vault, live| invoices::page(vault, live, &account, period, paging)).await
}

/// The days that are asked for; `None` while the ledger is empty.
pub async fn period(office: &Office, viewer: &Viewer, settings: &Settings, wanted: &Wanted) -> Result<Option<Period>, Fault> {
    let valuation = valuation::value(office, viewer, settings, wanted).await?;
    Ok(valuation.map(|valuation: Arc<_>| valuation.period))
}

/// Reads the ledger on a thread where waiting for files holds nobody up.
async fn read<T: Send + 'static>(
    office: &Office,
    work: impl FnOnce(&Vault, &[Live]) -> Result<T, Error> + Send + 'static,
) -> Result<T, Fault> {
    let live = valuation::live(office).await?;
    let office = office.clone();
    aside(move || work(&office.vault, &live)).await?.map_err(Fault::internal)
}
