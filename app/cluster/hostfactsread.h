#pragma once

#include "app/cluster/hostfacts.h"

namespace kboss {

// Sections of the facts' script → values. For hostfacts.cpp alone. The text comes from a host: anything may be in it.
QStringList userSections();
QStringList rootSections();
void takeSection(HostFacts &facts, const QString &section, const QString &text); // what cannot be read leaves the fact as it was
void takeNetworkSection(HostFacts &facts, const QString &section, const QString &text);
void takeClusterSection(HostFacts &facts, const QString &section, const QString &text);
std::vector<HostListener> readListeners(const QString &sockets, const QString &holders);
std::vector<HostKernelValue> readKernelValues(const QString &values, const QString &files);
std::vector<HostFileLine> readFileLines(const QString &text); // "path\tline\ttext"

} // namespace kboss
