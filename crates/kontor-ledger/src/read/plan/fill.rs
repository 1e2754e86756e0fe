//! Exports that name an invoice's number, day and customer only in its first line, as lists for people do: the other lines take them from there.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::Error;
use crate::column::{INVOICE_TEXTS, Role};
use crate::read::sheet::RowWriter;
use crate::read::text::{BLOCK, Blocks, Dialect, each_row};

/// Which columns are which.
pub struct Filling<'a> {
    roles: &'a BTreeMap<Role, usize>,
    /// The first line of the invoice at hand.
    first: Vec<String>,
}

impl<'a> Filling<'a> {
    /// No line seen yet.
    pub fn new(roles: &'a BTreeMap<Role, usize>) -> Filling<'a> {
        Filling { roles, first: Vec::new() }
    }

    /// Whether a tenth of these rows go on with an invoice that began above, so that the file has to be filled.
    pub fn has_gaps(mut self, rows: &[Vec<String>]) -> bool {
        let count = rows.iter().filter(|row| self.goes_on(row)).count();
        count > 0 && count * 10 >= rows.len()
    }

    /// Whether a row goes on with the invoice above and leaves out what that says: it has goods, and either names the same invoice and lacks something, or names neither
    /// invoice, day nor customer. A row with a day but no invoice of its own is a sale by itself, even without a customer.
    fn goes_on(&mut self, row: &[String]) -> bool {
        let of = |row: &[String], role: Role| {
            let text = self.roles.get(&role).and_then(|&column| row.get(column)).map(|text| text.trim().to_owned());
            text.unwrap_or_default()
        };
        let has = |role: Role| !of(row, role).is_empty();
        let is_same = |role: Role| !has(role) || of(row, role) == of(&self.first, role);
        let lacks = |role: Role| !has(role) && !of(&self.first, role).is_empty();
        let keys = [Role::InvoiceNumber, Role::Date, Role::AccountNumber, Role::AccountName];
        let has_goods = [Role::ArticleNumber, Role::ArticleName, Role::UnitPrice].into_iter().any(has);
        let has_customer = has(Role::AccountNumber) || has(Role::AccountName);
        let lacks_customer = !has_customer && (lacks(Role::AccountNumber) || lacks(Role::AccountName));
        let lacks_something = lacks_customer || lacks(Role::Date) || lacks(Role::Currency);
        let is_begun = !self.first.is_empty() && keys.into_iter().all(is_same);
        let goes_on = has_goods
            && is_begun
            && if has(Role::InvoiceNumber) { lacks_something } else { !has(Role::Date) && !has_customer && lacks(Role::Date) };
        let begins = has(Role::InvoiceNumber) && !is_same(Role::InvoiceNumber);
        if begins || (!goes_on && (has_customer || has(Role::Date))) {
            self.first = row.to_vec();
        }
        goes_on
    }

    fn fill(&self, row: &mut Vec<String>) {
        for column in [Role::InvoiceNumber, Role::Date].into_iter().chain(INVOICE_TEXTS).filter_map(|role| self.roles.get(&role).copied()) {
            let Some(text) = self.first.get(column) else { continue };
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if row[column].trim().is_empty() {
                row[column].clone_from(text);
            }
        }
    }

    /// Writes a text file anew with every line filled; each record keeps its line. Gives how many lines were filled, too.
    pub fn write(mut self, path: &Path, dialect: Dialect, header_line: u64) -> Result<(NamedTempFile, u64), Error> {
        let io = |source| crate::read::text::io_error(path, source);
        let mut writer = RowWriter::create().map_err(io)?;
        let mut blocks = Blocks::open(path, dialect, BLOCK)?;
        let mut count = 0;
        while let Some(block) = blocks.next_block()? {
            each_row(&block.text(), block.first_line, dialect, |line, row| {
                let mut fields: Vec<String> = row.fields().map(str::to_owned).collect();
                if line > header_line && self.goes_on(&fields) {
                    self.fill(&mut fields);
                    count += 1;
                }
                for (column, text) in fields.iter().enumerate() {
                    writer.cell((line - 1) as u32, column as u32, text).map_err(io)?;
                }
                Ok(())
            })?;
        }
        Ok((writer.finish().map_err(io)?, count))
    }
}
