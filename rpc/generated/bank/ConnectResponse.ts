// Original file: proto/bank.proto


export interface ConnectResponse {
}

export interface ConnectResponse__Output {
}
