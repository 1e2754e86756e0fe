//! The roles a column of an invoice file can have.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a column means to Kontor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Number of the invoice, credit note or order.
    InvoiceNumber,
    /// Number of the line within its invoice.
    LineNumber,
    /// Invoice date.
    Date,
    /// The customer's number in the ERP.
    AccountNumber,
    /// The customer's name.
    AccountName,
    /// Country of the customer, as code or name.
    Country,
    /// Postal code of the customer.
    PostalCode,
    /// City of the customer.
    City,
    /// Industry of the customer.
    Industry,
    /// Article number.
    ArticleNumber,
    /// Article name.
    ArticleName,
    /// Product group.
    ProductGroup,
    /// Quantity, negative when returned.
    Quantity,
    /// Net price of one unit before discount.
    UnitPrice,
    /// Discount of the line in percent (15 is 15 %), or as a fraction when no value of the column exceeds 1.
    DiscountPercent,
    /// Net amount of the line.
    NetAmount,
    /// Cost of goods of one unit.
    UnitCost,
    /// Cost of goods of the line.
    LineCost,
    /// Currency as code or sign.
    Currency,
    /// Status of the invoice or order.
    Status,
    /// Kind of document: invoice, credit note, cancellation.
    InvoiceType,
    /// Side of the account that an amount without a sign stands on: debit adds, credit takes away.
    DebitCredit,
}

/// How many roles there are.
pub const ROLES: usize = 22;

impl Role {
    /// All roles, in the order of the handbook.
    pub const ALL: [Role; ROLES] = [
        Role::InvoiceNumber,
        Role::LineNumber,
        Role::Date,
        Role::AccountNumber,
        Role::AccountName,
        Role::Country,
        Role::PostalCode,
        Role::City,
        Role::Industry,
        Role::ArticleNumber,
        Role::ArticleName,
        Role::ProductGroup,
        Role::Quantity,
        Role::UnitPrice,
        Role::DiscountPercent,
        Role::NetAmount,
        Role::UnitCost,
        Role::LineCost,
        Role::Currency,
        Role::Status,
        Role::InvoiceType,
        Role::DebitCredit,
    ];

    /// The name on command lines, in forms and in stored options: `invoice_number`.
    pub const fn name(self) -> &'static str {
        match self {
            Role::InvoiceNumber => "invoice_number",
            Role::LineNumber => "line_number",
            Role::Date => "date",
            Role::AccountNumber => "account_number",
            Role::AccountName => "account_name",
            Role::Country => "country",
            Role::PostalCode => "postal_code",
            Role::City => "city",
            Role::Industry => "industry",
            Role::ArticleNumber => "article_number",
            Role::ArticleName => "article_name",
            Role::ProductGroup => "product_group",
            Role::Quantity => "quantity",
            Role::UnitPrice => "unit_price",
            Role::DiscountPercent => "discount_percent",
            Role::NetAmount => "net_amount",
            Role::UnitCost => "unit_cost",
            Role::LineCost => "line_cost",
            Role::Currency => "currency",
            Role::Status => "status",
            Role::InvoiceType => "invoice_type",
            Role::DebitCredit => "debit_credit",
        }
    }
}

/// What an invoice says once for all its lines, beside its number and day.
pub(crate) const INVOICE_TEXTS: [Role; 9] = [
    Role::AccountNumber,
    Role::AccountName,
    Role::Country,
    Role::PostalCode,
    Role::City,
    Role::Industry,
    Role::Currency,
    Role::Status,
    Role::InvoiceType,
];

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Role, String> {
        let known = || Role::ALL.map(Role::name).join(", ");
        Role::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("not a column role: “{text}”; give one of {}", known()))
    }
}
