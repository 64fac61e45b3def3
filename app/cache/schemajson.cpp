#include "app/cache/schemajson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kboss {

using namespace Qt::StringLiterals;

QByteArray schemaToJson(const TableSchema &schema)
{
    QJsonArray fields;
    for (const FieldSchema &field : schema.fields) {
        QJsonObject object{{"id"_L1, field.id}, {"pointer"_L1, field.pointer}, {"type"_L1, static_cast<int>(field.type)}};
        if (field.indexed)
            object.insert("indexed"_L1, true);
        if (field.reading != FieldReading::Plain)
            object.insert("reading"_L1, static_cast<int>(field.reading));
        if (field.restless)
            object.insert("restless"_L1, true);
        QJsonArray codes;
        for (const QString &code : field.enumValues)
            codes.append(code);
        if (!codes.isEmpty())
            object.insert("enum"_L1, codes);
        fields.append(object);
    }
    QJsonObject whole{{"resource"_L1, schema.resource}, {"key"_L1, schema.key}, {"fields"_L1, fields}};
    QJsonArray parts;
    for (const QString &part : schema.keyFrom)
        parts.append(part);
    if (!parts.isEmpty())
        whole.insert("keyFrom"_L1, parts);
    return QJsonDocument(whole).toJson(QJsonDocument::Compact);
}

TableSchema schemaFromJson(const QByteArray &json)
{
    const QJsonObject whole = QJsonDocument::fromJson(json).object();
    TableSchema schema{whole["resource"_L1].toString(), whole["key"_L1].toString(), {}};
    const QJsonArray fields = whole["fields"_L1].toArray();
    for (const auto &entry : fields) {
        const QJsonObject object = entry.toObject();
        FieldSchema field;
        field.id = object["id"_L1].toString();
        field.pointer = object["pointer"_L1].toString();
        field.type = static_cast<FieldType>(object["type"_L1].toInt());
        field.indexed = object["indexed"_L1].toBool();
        field.reading = static_cast<FieldReading>(object["reading"_L1].toInt());
        field.restless = object["restless"_L1].toBool();
        const QJsonArray codes = object["enum"_L1].toArray();
        for (const auto &code : codes)
            field.enumValues.push_back(code.toString());
        schema.fields.push_back(std::move(field));
    }
    const QJsonArray parts = whole["keyFrom"_L1].toArray();
    for (const auto &part : parts)
        schema.keyFrom.push_back(part.toString());
    return schema;
}

} // namespace kboss
