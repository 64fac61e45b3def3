#pragma once

#include "app/base/schema.h"

#include <QByteArray>

namespace kboss {

// A schema as the store keeps it beside its tables; equal schemas give equal texts.
QByteArray schemaToJson(const TableSchema &schema);
TableSchema schemaFromJson(const QByteArray &json);

} // namespace kboss
