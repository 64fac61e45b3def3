#pragma once

#include "app/cluster/hostpaths.h"
#include "app/cluster/installstep.h"

namespace kboss {

// Whose action it is, and on which host.
struct DetachedPlace {
    RemoteHost &host;
    HostPaths paths;
    QString installId, step, owner;
};

// What is seen of it. On the thread of the caller or of the host's connection; must not wait.
struct DetachedWatch {
    std::function<void(const QByteArray &bytes, bool isError)> output;
    std::function<void(const QString &text)> note; // of what is done with it: begun, found running …
};

// A piece of work that goes on without us. On the host it has a folder, folder()/actions/<name> (root's, 0700):
//   script, wrapper   what is run, and what runs it
//   step, about       whose it is, and the tail of its lines in the host's journal
//   begun             number of the try that began
//   log, err          its standard output and error; of a former try log.old, err.old
//   exit              "<code>" or "<code> late", whole or not there; renamed to exit.sealed once the step was done
//   run.lock          held (flock) by the wrapper while it lives; start.lock by whoever looks whether to begin
//   group             number and start time of the process that leads its group
// Begun at most once at a time, whoever asks: two consoles come to the same start.lock. One that was begun and neither runs nor has an exit file was ended in
// between (a restart, a kill) and is begun anew: scripts are safe for that. The wrapper writes "begun" and "done" or "failed" into folder()/journal.
//
// Waits for the end, whatever happens to the connection meanwhile, as long as the host comes back. Errors: Rejected with the last lines of standard error; Timeout
// when its deadline passed on the host; those of the host's connection; Cancelled (it goes on).
Result<void> runDetachedAction(const DetachedPlace &place, const DetachedAction &action, const DetachedWatch &watch, const CancelToken &token);

// The step is done, or undone: its actions that have ended begin anew when they are asked for again.
Result<void> sealActions(const DetachedPlace &place, const CancelToken &token);

// One line for the host's journal, in the format of writeJournalLine(); makes the folder.
Result<void> writeHostJournal(const DetachedPlace &place, const QByteArray &line, const CancelToken &token);

} // namespace kboss
