#include "ui/page.h"

namespace kboss {

QString pageStateName(Page::State state)
{
    switch (state) {
    case Page::State::Loading:
        return QStringLiteral("loading");
    case Page::State::Ready:
        return QStringLiteral("ready");
    case Page::State::Empty:
        return QStringLiteral("empty");
    case Page::State::FilteredOut:
        return QStringLiteral("filtered-out");
    case Page::State::Offline:
        return QStringLiteral("offline");
    case Page::State::Failed:
        return QStringLiteral("failed");
    case Page::State::Forbidden:
        return QStringLiteral("forbidden");
    }
    return {};
}

} // namespace kboss
