#pragma once

#include "app/api/operation.h"
#include "app/api/schemareader.h"

namespace kboss {

// Reads one contract document into operations. Faults are thrown as ContractFault. One instance reads one document.
class ContractReader {
public:
    explicit ContractReader(const nlohmann::json &root);

    std::vector<std::shared_ptr<const Operation>> read();

private:
    void readHead();
    std::shared_ptr<const Operation> readOperation(const QString &path, const QString &verb, const ContractNode &node, const ContractNode &pathItem);
    void readWords(const ContractNode &node, Operation &operation);
    void readParameters(const ContractNode &node, Operation &operation);
    OperationParameter readParameter(const ContractNode &reference);
    void readBody(const ContractNode &node, Operation &operation);
    void readAnswer(const ContractNode &node, Operation &operation);
    bool readSecurity(const ContractNode &node);
    void checkPath(const ContractNode &node, const Operation &operation);

    ContractNode m_root;
    SchemaReader m_schemas;
    ServiceKind m_service = ServiceKind::Kboss;
};

// The x- members of an operation, checked against what was read of it so far.
void readResultShape(const ContractNode &node, Operation &operation);
void readPaging(const ContractNode &node, Operation &operation);

} // namespace kboss
