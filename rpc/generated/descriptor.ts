// Original files: proto/bank.proto, proto/health.proto

export const descriptor = {
  "nested": {
    "bank": {
      "nested": {
        "Branch": {
          "methods": {
            "Query": {
              "requestType": "QueryRequest",
              "responseType": "QueryResponse"
            },
            "Deposit": {
              "requestType": "UpdateRequest",
              "responseType": "UpdateResponse"
            },
            "Withdraw": {
              "requestType": "UpdateRequest",
              "responseType": "UpdateResponse"
            },
            "Propagate_Deposit": {
              "requestType": "PropagateRequest",
              "responseType": "PropagateResponse"
            },
            "Propagate_Withdraw": {
              "requestType": "PropagateRequest",
              "responseType": "PropagateResponse"
            },
            "Decide": {
              "requestType": "DecideRequest",
              "responseType": "DecideResponse"
            },
            "Ask": {
              "requestType": "AskRequest",
              "responseType": "AskResponse"
            },
            "Recover": {
              "requestType": "RecoverRequest",
              "responseType": "RecoverResponse"
            },
            "Connect": {
              "requestType": "ConnectRequest",
              "responseType": "ConnectResponse"
            },
            "Settle": {
              "requestType": "SettleRequest",
              "responseType": "SettleResponse"
            }
          }
        },
        "Result": {
          "values": {
            "RESULT_UNSPECIFIED": 0,
            "SUCCESS": 1,
            "FAIL": 2
          }
        },
        "Decision": {
          "values": {
            "DECISION_UNSPECIFIED": 0,
            "COMMITTED": 1,
            "ABORTED": 2,
            "UNDECIDED": 3
          }
        },
        "EventIdentity": {
          "fields": {
            "entry": {
              "type": "uint32",
              "id": 1
            },
            "position": {
              "type": "uint32",
              "id": 2
            }
          }
        },
        "Envelope": {
          "oneofs": {
            "_run_id": {
              "oneof": [
                "run_id"
              ]
            },
            "_incarnation": {
              "oneof": [
                "incarnation"
              ]
            },
            "_recipient": {
              "oneof": [
                "recipient"
              ]
            }
          },
          "fields": {
            "run_id": {
              "type": "string",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "sender": {
              "type": "string",
              "id": 2
            },
            "message": {
              "type": "string",
              "id": 3
            },
            "clock": {
              "type": "uint64",
              "id": 4
            },
            "incarnation": {
              "type": "uint32",
              "id": 5,
              "options": {
                "proto3_optional": true
              }
            },
            "recipient": {
              "type": "uint32",
              "id": 6,
              "options": {
                "proto3_optional": true
              }
            }
          }
        },
        "QueryRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            },
            "_event": {
              "oneof": [
                "event"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "event": {
              "type": "EventIdentity",
              "id": 2,
              "options": {
                "proto3_optional": true
              }
            }
          }
        },
        "QueryResponse": {
          "oneofs": {
            "_balance": {
              "oneof": [
                "balance"
              ]
            },
            "_version": {
              "oneof": [
                "version"
              ]
            }
          },
          "fields": {
            "balance": {
              "type": "int64",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "version": {
              "type": "uint64",
              "id": 2,
              "options": {
                "proto3_optional": true
              }
            },
            "clock": {
              "type": "uint64",
              "id": 3
            }
          }
        },
        "UpdateRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            },
            "_event": {
              "oneof": [
                "event"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "event": {
              "type": "EventIdentity",
              "id": 2,
              "options": {
                "proto3_optional": true
              }
            },
            "money": {
              "type": "int64",
              "id": 3
            }
          }
        },
        "UpdateResponse": {
          "oneofs": {
            "_version": {
              "oneof": [
                "version"
              ]
            }
          },
          "fields": {
            "result": {
              "type": "Result",
              "id": 1
            },
            "reason": {
              "type": "string",
              "id": 2
            },
            "detail": {
              "type": "string",
              "id": 3
            },
            "version": {
              "type": "uint64",
              "id": 4,
              "options": {
                "proto3_optional": true
              }
            },
            "clock": {
              "type": "uint64",
              "id": 5
            }
          }
        },
        "PropagateRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            },
            "_event": {
              "oneof": [
                "event"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "event": {
              "type": "EventIdentity",
              "id": 2,
              "options": {
                "proto3_optional": true
              }
            },
            "money": {
              "type": "int64",
              "id": 3
            },
            "origin": {
              "type": "uint64",
              "id": 4
            },
            "tx": {
              "type": "string",
              "id": 5
            },
            "version": {
              "type": "uint64",
              "id": 6
            },
            "prev_tx": {
              "type": "string",
              "id": 7
            }
          }
        },
        "PropagateResponse": {
          "fields": {
            "result": {
              "type": "Result",
              "id": 1
            },
            "reason": {
              "type": "string",
              "id": 2
            },
            "clock": {
              "type": "uint64",
              "id": 3
            }
          }
        },
        "DecideRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "tx": {
              "type": "string",
              "id": 2
            },
            "decision": {
              "type": "Decision",
              "id": 3
            }
          }
        },
        "DecideResponse": {
          "fields": {
            "clock": {
              "type": "uint64",
              "id": 1
            }
          }
        },
        "AskRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "tx": {
              "type": "string",
              "id": 2
            }
          }
        },
        "AskResponse": {
          "fields": {
            "decision": {
              "type": "Decision",
              "id": 1
            },
            "clock": {
              "type": "uint64",
              "id": 2
            }
          }
        },
        "Fence": {
          "fields": {
            "branch": {
              "type": "uint64",
              "id": 1
            },
            "incarnation": {
              "type": "uint32",
              "id": 2
            }
          }
        },
        "RecoverRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "fences": {
              "rule": "repeated",
              "type": "Fence",
              "id": 2
            }
          }
        },
        "RecoverResponse": {
          "oneofs": {
            "_state": {
              "oneof": [
                "state"
              ]
            }
          },
          "fields": {
            "incarnation": {
              "type": "uint32",
              "id": 1
            },
            "fences": {
              "rule": "repeated",
              "type": "Fence",
              "id": 2
            },
            "state": {
              "type": "ReplicaState",
              "id": 3,
              "options": {
                "proto3_optional": true
              }
            },
            "clock": {
              "type": "uint64",
              "id": 4
            }
          }
        },
        "ReplicaState": {
          "oneofs": {
            "_pending": {
              "oneof": [
                "pending"
              ]
            }
          },
          "fields": {
            "version": {
              "type": "uint64",
              "id": 1
            },
            "balance": {
              "type": "int64",
              "id": 2
            },
            "last_tx": {
              "type": "string",
              "id": 3
            },
            "last_origin": {
              "type": "uint64",
              "id": 4
            },
            "pending": {
              "type": "UndecidedUpdate",
              "id": 5,
              "options": {
                "proto3_optional": true
              }
            },
            "applied": {
              "rule": "repeated",
              "type": "AppliedEvent",
              "id": 6
            }
          }
        },
        "UndecidedUpdate": {
          "fields": {
            "tx": {
              "type": "string",
              "id": 1
            },
            "origin": {
              "type": "uint64",
              "id": 2
            },
            "version": {
              "type": "uint64",
              "id": 3
            }
          }
        },
        "AppliedEvent": {
          "fields": {
            "entry": {
              "type": "uint32",
              "id": 1
            },
            "position": {
              "type": "uint32",
              "id": 2
            },
            "origin": {
              "type": "uint64",
              "id": 3
            },
            "version": {
              "type": "uint64",
              "id": 4
            }
          }
        },
        "ConnectRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            }
          }
        },
        "ConnectResponse": {
          "fields": {}
        },
        "SettleRequest": {
          "oneofs": {
            "_envelope": {
              "oneof": [
                "envelope"
              ]
            }
          },
          "fields": {
            "envelope": {
              "type": "Envelope",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            }
          }
        },
        "SettleResponse": {
          "oneofs": {
            "_balance": {
              "oneof": [
                "balance"
              ]
            },
            "_version": {
              "oneof": [
                "version"
              ]
            }
          },
          "fields": {
            "balance": {
              "type": "int64",
              "id": 1,
              "options": {
                "proto3_optional": true
              }
            },
            "version": {
              "type": "uint64",
              "id": 2,
              "options": {
                "proto3_optional": true
              }
            },
            "clock": {
              "type": "uint64",
              "id": 3
            }
          }
        }
      }
    },
    "grpc": {
      "nested": {
        "health": {
          "nested": {
            "v1": {
              "nested": {
                "Health": {
                  "methods": {
                    "Check": {
                      "requestType": "HealthCheckRequest",
                      "responseType": "HealthCheckResponse"
                    },
                    "Watch": {
                      "requestType": "HealthCheckRequest",
                      "responseType": "HealthCheckResponse",
                      "responseStream": true
                    }
                  }
                },
                "HealthCheckRequest": {
                  "fields": {
                    "service": {
                      "type": "string",
                      "id": 1
                    }
                  }
                },
                "HealthCheckResponse": {
                  "fields": {
                    "status": {
                      "type": "ServingStatus",
                      "id": 1
                    }
                  },
                  "nested": {
                    "ServingStatus": {
                      "values": {
                        "UNKNOWN": 0,
                        "SERVING": 1,
                        "NOT_SERVING": 2,
                        "SERVICE_UNKNOWN": 3
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
};
