//! The schema, step by step. Steps only go forward and are never edited once released.

mod m0001_team;
mod m0002_settings_and_audit;
mod m0003_accounts;
mod m0004_ledger;
mod m0005_revisions;
mod m0006_assignments;
mod m0007_master_data;
mod m0008_groups;
mod m0009_people;
mod m0010_stakeholders;
mod m0011_interactions;
mod m0012_cadence;
mod m0013_scoring;
mod m0014_key_accounts;
mod m0015_merges;
mod m0016_views;
mod m0030_preference;
mod m0031_open_steps;
mod m0032_last_contacts;
mod m0033_remembered_writing;

use sea_orm_migration::prelude::*;

/// All steps in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_team::Migration),
            Box::new(m0002_settings_and_audit::Migration),
            Box::new(m0003_accounts::Migration),
            Box::new(m0004_ledger::Migration),
            Box::new(m0005_revisions::Migration),
            Box::new(m0006_assignments::Migration),
            Box::new(m0007_master_data::Migration),
            Box::new(m0008_groups::Migration),
            Box::new(m0009_people::Migration),
            Box::new(m0010_stakeholders::Migration),
            Box::new(m0011_interactions::Migration),
            Box::new(m0012_cadence::Migration),
            Box::new(m0013_scoring::Migration),
            Box::new(m0014_key_accounts::Migration),
            Box::new(m0015_merges::Migration),
            Box::new(m0016_views::Migration),
            Box::new(m0030_preference::Migration),
            Box::new(m0031_open_steps::Migration),
            Box::new(m0032_last_contacts::Migration),
            Box::new(m0033_remembered_writing::Migration),
        ]
    }
}

/// A primary key that counts up; 64 bits on both databases.
fn id() -> ColumnDef {
    ColumnDef::new("id").big_integer().not_null().auto_increment().primary_key().take()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

fn number_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

fn yes_no(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

fn instant_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().null().take()
}

fn day(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().not_null().take()
}

fn day_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().null().take()
}

/// A foreign key to the `id` of another table; rows that are pointed at cannot be deleted.
fn refers(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).take()
}

async fn index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str], unique: bool) -> Result<(), DbErr> {
    let mut statement = Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).take();
    for column in columns {
        statement.col(*column);
    }
    if unique {
        statement.unique();
    }
    manager.create_index(statement).await
}
