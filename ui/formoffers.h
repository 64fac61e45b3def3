#pragma once

#include "models/picks.h"
#include "ui/appcontext.h"

#include <QObject>

namespace kboss {

class EditForm;
class RowsFeed;

// Fills the fields of a form that are chosen rather than typed: from the cached lists, from what the view suggests, and again when another field that they
// depend on changes. Says under the field why there is nothing to choose from. GUI thread; owned by the form.
class FormOffers : public QObject {
    Q_OBJECT
public:
    FormOffers(const AppContext &context, const FormGround &ground, EditForm *form);

    void update(); // after every edit
    const FormGround &ground() const { return m_ground; }

private:
    struct Pick {
        QString field;
        PickSpec spec;
        RowsFeed *feed;
        PickSource source;
    };
    void fill(Pick &pick);
    QString hintOf(const Pick &pick, const FormField &field) const;
    FormatContext format() const;

    AppContext m_context;
    FormGround m_ground;
    EditForm *m_form;
    std::vector<Pick> m_picks; // and lists of parts: a pick without rules, whose rows are the parts
};

} // namespace kboss
