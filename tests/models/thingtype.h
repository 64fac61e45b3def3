#pragma once

#include "models/resourcetype.h"

namespace kboss {

// The type of FakeRowSource's rows.
inline std::shared_ptr<const ResourceType> thingType()
{
    const QByteArray view = R"({
        "id": "thing", "title": {"zh": "物", "en": "Things"}, "titleOne": {"zh": "物", "en": "Thing"}, "group": "system",
        "list": {"operation": "listThings", "order": "amount"}, "key": "id", "name": "name",
        "columns": [
            {"id": "id", "label": {"zh": "标识", "en": "ID"}, "format": "short-id"},
            {"id": "name", "label": {"zh": "名称", "en": "Name"}},
            {"id": "balance", "type": "money", "label": {"zh": "余额", "en": "Balance"}},
            {"id": "amount", "type": "integer", "label": {"zh": "数量", "en": "Amount"}, "unit": {"zh": "核", "en": "cores"}},
            {"id": "api_pwd", "type": "secret", "label": {"zh": "密码", "en": "Password"}}
        ],
        "details": [{"title": {"zh": "全部", "en": "All"}, "fields": ["name", "balance"]}]
    })";
    return ResourceSet::parse(view, QStringLiteral("thing.json")).value();
}

} // namespace kboss
