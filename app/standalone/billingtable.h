#pragma once

#include "app/base/schema.h"

#include <QList>
#include <QSqlQuery>
#include <string>

namespace kboss::standalone {

// How BillingAccount is kept: the fields of the contract as the filter language sees them, and their SQL columns.
const TableSchema &billingSchema();

struct BillingColumn {
    QString name;
    bool isText = false;
    bool nullable = true;
};
const QList<BillingColumn> &billingColumns(); // c_id first
QString billingSelectList(); // all columns, in the order of billingColumns()

bool billingFieldNullable(const QString &fieldId);

// One row of "SELECT <billingSelectList()> FROM billing_account" as the contract's BillingAccount. Absent values are null;
// the payment password is a mask.
void appendBillingAccount(std::string &out, const QSqlQuery &row);

} // namespace kboss::standalone
