#pragma once

#include <QString>

namespace kboss {

class DetailsPanel;
class ResourceView;

// Brings a list and its panel into a state worth a picture: "edit", "create", "details", "history", "bulk", "filter", "filter-text", "columns"; ""
// closes all of them, without asking: nothing of it was typed by a person. False when the variant does not apply.
bool showVariant(ResourceView *view, DetailsPanel *panel, const QString &variant);

} // namespace kboss
