#pragma once

#include "app/services/installvalues.h"

#include <QString>

namespace kboss {

// What a step does, in the person's language: "swap off", "file calico.yaml". Ids and names are for journals and logs.
QString stepWord(const QString &name); // of an InstallStep; one that is not known stands as it is
QString stepWord(const InstallStepInfo &step); // with the file, node or add-on that it is about
QString choiceWhyText(const InstallChoice &choice); // why one of the ways on cannot be gone; empty = it can
bool isStepWordKnown(const QString &name);

} // namespace kboss
