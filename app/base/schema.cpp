#include "app/base/schema.h"

#include <algorithm>

namespace kboss {

int TableSchema::indexOf(const QString &fieldId) const
{
    const auto it = std::find_if(fields.begin(), fields.end(), [&](const FieldSchema &field) { return field.id == fieldId; });
    return it == fields.end() ? -1 : static_cast<int>(it - fields.begin());
}

} // namespace kboss
