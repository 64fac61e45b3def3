#pragma once

#include "app/standalone/handler.h"
#include "app/standalone/requestreader.h"

namespace kboss::standalone {

// Who asks, as the HTTP headers say it.
struct Caller {
    QByteArray bearer, session; // empty = none
    QByteArray basic; // "name:password"; empty = none
    QString ifMatch;
    bool crossOrigin = false; // a browser page of another origin, or another host's name
};

// From a request to its answer: route, credential, contract, handler. Never throws. Any thread.
class Dispatcher {
public:
    Dispatcher(const ContractSet &contracts, Backend backend);

    Answer answer(const RawRequest &request, const Caller &caller);

private:
    Outcome<Answer> carryOut(const RawRequest &request, const RequestReader::Match &match, const Caller &caller);
    Outcome<void> identifyBasic(const Caller &caller, CheckedRequest &checked);
    Outcome<void> identify(const Operation &operation, const Caller &caller, CheckedRequest &checked);

    RequestReader m_reader;
    Backend m_backend;
    HandlerTable m_handlers;
};

} // namespace kboss::standalone
