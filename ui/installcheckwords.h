#pragma once

#include "app/cluster/preflight.h"

#include <QString>

namespace kboss {

// What the checks of an installation are called and mean, in the current language. By the check's name as CheckResult has it, in whatever letters.
struct CheckWords {
    QString title; // "IPv4 forwarding is on"; the name itself where it is not known
    QString why; // why it matters: a sentence or two; empty where nothing is known
};
CheckWords checkWords(const QString &name);

// What mending does, and what undoing it does; both empty where no program can mend.
struct FixWords {
    QString does, undoes;
};
FixWords fixWords(PreflightFix fix, const QString &subject);
QString noFixWords(PreflightFix fix); // what a person can do instead; empty where there is nothing to say

} // namespace kboss
