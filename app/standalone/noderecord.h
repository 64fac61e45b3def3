#pragma once

#include "app/standalone/jsontext.h"
#include "app/standalone/kbosslist.h"

namespace kboss::standalone {

struct Node {
    QString id, cpcid, name, clusterId, clusterName, status, ip, deviceType, adminUser, password; // password as it is stored
    qint64 sshPort = 22;
    Period period;
    QString externalIp, cpuModel, memoryModel, gpuModel, role;
    qint64 cpu = 0, memory = 0, sysDisk = 0, dataDisk = 0, gpu = 0;
};

QString nodeSelect(); // "SELECT … FROM node", in the order readNode() wants
Node readNode(const QSqlQuery &row);
const QStringList &nodeSortFields();

void appendListedNode(std::string &out, const Node &node, qint64 rowNumber); // rowNumber 0 = none
std::string nodeRecord(const Node &node); // as a write answers it: the port as text

QList<QVariant> nodeValues(const Node &node); // for INSERT and UPDATE, in the order of nodeColumns()
const QStringList &nodeColumns(); // without id and seq

} // namespace kboss::standalone
