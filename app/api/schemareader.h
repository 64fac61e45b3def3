#pragma once

#include "app/api/contractnode.h"
#include "app/api/jsonschema.h"

#include <QHash>
#include <QStringList>

namespace kboss {

// Turns the schemas of one contract document into JsonSchema, following $ref inside the document. Faults are thrown as ContractFault.
class SchemaReader {
public:
    explicit SchemaReader(const nlohmann::json &root) : m_root(root) { }

    JsonSchemaPtr read(const ContractNode &node);

    // The node itself, or what its $ref leads to. A loop, a missing target and a target outside the document are faults.
    ContractNode resolved(const ContractNode &node) const;

private:
    JsonSchema readReference(const ContractNode &node, const QString &reference);
    JsonSchema readPlain(const ContractNode &node);
    JsonSchema readNullable(const ContractNode &node);
    void readProperties(const ContractNode &node, JsonSchema &schema);

    const nlohmann::json &m_root;
    QHash<QString, JsonSchemaPtr> m_done; // by reference
    QStringList m_open; // references being read
    int m_depth = 0;
};

} // namespace kboss
